import Model
import Recurrence

/// How much work there is, hour by hour and queue by queue. Hours are those of UTC.
public struct ForecastLoad: Sendable, Hashable {
    /// One queue, or all of them together.
    public struct Row: Sendable, Hashable {
        public var queue: String
        public var runs = 0
        /// How long all runs last together.
        public var work = Duration.zero
        /// The most runs that are at work at one time, and when that is first so.
        public var most = 0
        public var mostAt: Instant?
        /// Runs that start in each hour, and seconds of work in it.
        public var starts: [Int32]
        public var seconds: [Double]
    }

    /// The full hour in which the first column begins.
    public var begin: Instant
    public var hours: Int
    public var queues: [Row]
    public var total: Row

    static let hour: Int64 = 3600
    static let microseconds: Int64 = 3_600_000_000

    /// - Parameter queues: that of each assignment, by its place.
    init(from: Instant, until: Instant, starts: [Forecast.Start], queues: [String]) {
        let begin = Instant(seconds: from.seconds / Self.hour * Self.hour)
        let span = max(0, until.microseconds - begin.microseconds)
        let hours = max(1, Int((span + Self.microseconds - 1) / Self.microseconds))
        (self.begin, self.hours) = (begin, hours)
        let names = Set(queues).sorted()
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
        let queueOf = queues.map { places[$0] ?? 0 }
        var byQueue = [[Forecast.Start]](repeating: [], count: names.count)
        for start in starts { byQueue[queueOf[Int(start.assignment)]].append(start) }
        total = Self.row("all", starts, begin, hours)
        self.queues = names.indices.filter { !byQueue[$0].isEmpty }.map {
            Self.row(names[$0], byQueue[$0], begin, hours)
        }
    }

    /// The moment at which an hour's column begins.
    public func moment(of hour: Int) -> Instant { begin + .seconds(Int64(hour) * Self.hour) }

    /// - Parameter starts: sorted by `startsAt`.
    private static func row(_ queue: String, _ starts: [Forecast.Start], _ begin: Instant, _ hours: Int) -> Row {
        var row = Row(
            queue: queue, starts: [Int32](repeating: 0, count: hours), seconds: [Double](repeating: 0, count: hours))
        var work: Int64 = 0
        for start in starts {
            let first = start.startsAt.microseconds - begin.microseconds
            let last = start.endsAt.microseconds - begin.microseconds
            work += last - first
            row.starts[min(hours - 1, Int(first / microseconds))] += 1
            var at = first
            while at < last, at / microseconds < Int64(hours) {
                let end = min(last, (at / microseconds + 1) * microseconds)
                row.seconds[Int(at / microseconds)] += Double(end - at) / 1_000_000
                at = end
            }
        }
        row.runs = starts.count
        row.work = .microseconds(work)
        (row.most, row.mostAt) = most(starts)
        return row
    }

    /// The most that are at work at once: a run that ends in the moment in which another starts is not counted with it.
    private static func most(_ starts: [Forecast.Start]) -> (Int, Instant?) {
        let ends = starts.map(\.endsAt).sorted()
        var (ended, most) = (0, 0)
        var at: Instant?
        for (index, start) in starts.enumerated() {
            while ended < ends.count, ends[ended] <= start.startsAt { ended += 1 }
            if index + 1 - ended > most {
                most = index + 1 - ended
                at = start.startsAt
            }
        }
        return (most, at)
    }
}
