/// The days on which a client works: some weekdays, without the days of some calendars. A freeze has business days.
public struct BusinessDays: Sendable {
    /// Bit 0 is Monday.
    private let weekdays: UInt8
    /// Nil where none is closed.
    private let closed: ClosedBlocks?

    /// No year goes by without a business day; where one does, there is none.
    private static let farthest = 366

    /// - Parameters:
    ///   - weekdays: Monday to Friday unless told otherwise.
    ///   - closed: the holidays.
    public init(weekdays: Set<Weekday> = BusinessDays.mondayToFriday, closed: [ClosedDays] = []) {
        self.weekdays = weekdays.reduce(0) { $0 | 1 << UInt8($1.bit) }
        let days = closed.reduce(into: ClosedDays()) { $0.add($1.withoutFreezes) }
        self.closed = days.isEmpty ? nil : ClosedBlocks(days)
    }

    /// The usual working week.
    public static let mondayToFriday: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday]

    /// Whether business is done on a day.
    public func contains(_ date: CivilDate) -> Bool { contains(date.daysSinceEpoch) }

    func contains(_ day: Int) -> Bool {
        guard weekdays >> UInt8(CivilMath.weekday(days: day)) & 1 != 0 else { return false }
        guard let closed else { return true }
        return !closed.contains(day)
    }

    /// The n-th business day after a day, that day itself not counted; before it where negative. The day itself for 0.
    func day(_ day: Int, moved count: Int) -> Int? {
        let step = count < 0 ? -1 : 1
        var day = day
        for _ in 0..<abs(count) {
            guard let next = first(from: day + step, step: step) else { return nil }
            day = next
        }
        return day
    }

    /// The first business day from a day on, that day included, going forward or backward.
    func first(from day: Int, step: Int) -> Int? {
        for distance in 0...Self.farthest where contains(day + step * distance) { return day + step * distance }
        return nil
    }
}
