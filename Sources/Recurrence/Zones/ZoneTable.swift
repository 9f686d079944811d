/// The offsets of a zone over all time, made for looking up in a few nanoseconds.
///
/// Segments run from one transition to the next. What the data says explicitly is followed by what its footer rule gives
/// for the 400 years after, and beyond that the calendar repeats.
final class ZoneTable: Sendable {
    /// A stretch of time with one offset.
    struct Segment {
        /// Its first second; `Int64.min / 4` for the first segment of all.
        var start: Int64
        /// The second after its last; `Int64.max / 4` for the last segment of all.
        var end: Int64
        /// Seconds east of UTC.
        var offset: Int64
        /// The offset of the segment before it, or its own where there is none.
        var before: Int64
    }

    static let beginning = Int64.min / 4
    static let never = Int64.max / 4
    /// No offset is larger (RFC 9636 section 3.2 recommends 25:59:59 at most).
    static let widestOffset: Int64 = 93_600
    static let cycle = Int64(CivilMath.daysPerCycle) * CivilMath.secondsPerDay

    private let starts: [Int64]
    private let offsets: [Int32]
    /// The first second of the cycle that repeats; `never` where nothing does.
    private let cycleStart: Int64
    private let base: Int64
    /// For each stretch of 2^24 seconds after `base`, the segment at its beginning.
    private let buckets: [UInt16]

    /// `changes` ascend, and reach a year past the cycle's end where there is one.
    init(initial: Int32, changes: [(at: Int64, offset: Int32)], cycleStart: Int64 = ZoneTable.never) {
        var (starts, offsets) = ([Self.beginning], [initial])
        for change in changes where change.offset != offsets[offsets.count - 1] {
            starts.append(change.at)
            offsets.append(change.offset)
        }
        base = starts.count > 1 ? starts[1] : 0
        var (buckets, segment) = ([UInt16](), 0)
        let last = starts.count > 1 ? starts[starts.count - 1] : base
        for bucket in 0...Int((last - base) >> 24) {
            let start = base + Int64(bucket) << 24
            while segment + 1 < starts.count, starts[segment + 1] <= start { segment += 1 }
            buckets.append(UInt16(segment))
        }
        starts.append(Self.never)
        self.starts = starts
        self.offsets = offsets
        self.buckets = buckets
        self.cycleStart = cycleStart
    }

    /// How far `time` lies past the table, in whole cycles.
    @inline(__always)
    private func shift(_ time: Int64) -> Int64 {
        guard time >= cycleStart else { return 0 }
        let past = time - cycleStart
        return past < Self.cycle ? 0 : past - past % Self.cycle
    }

    @inline(__always)
    private func index(_ time: Int64) -> Int {
        guard time >= base else { return 0 }
        let bucket = Int((time - base) >> 24)
        var index = Int(bucket < buckets.count ? buckets[bucket] : buckets[buckets.count - 1])
        while starts[index + 1] <= time { index += 1 }
        return index
    }

    @inline(__always)
    func offset(at time: Int64) -> Int64 { Int64(offsets[index(time - shift(time))]) }

    @inline(__always)
    func segment(at time: Int64) -> Segment {
        let shift = shift(time)
        return segment(index: index(time - shift), shift: shift)
    }

    private func segment(index: Int, shift: Int64) -> Segment {
        Segment(
            start: index == 0 ? Self.beginning : starts[index] + shift,
            end: starts[index + 1] == Self.never ? Self.never : starts[index + 1] + shift,
            offset: Int64(offsets[index]), before: Int64(offsets[max(index - 1, 0)]))
    }

    /// Where a local time stands in this zone, found at once where it is well within a segment that is at hand.
    @inline(__always)
    func place(_ local: Int64, near segment: Segment) -> Place {
        let time = local - segment.offset
        if time - segment.start >= 2 * Self.widestOffset, segment.end - time > 2 * Self.widestOffset {
            return .unique(time)
        }
        return place(local)
    }

    /// Where a local time stands in this zone.
    func place(_ local: Int64) -> Place {
        let shift = shift(local)
        let folded = local - shift
        var index = index(folded - Self.widestOffset)
        let farthest = folded + Self.widestOffset
        if starts[index + 1] > farthest { return .unique(local - Int64(offsets[index])) }
        var found: Int64?
        while index < offsets.count, starts[index] <= farthest {
            let offset = Int64(offsets[index])
            let time = folded - offset
            if time >= starts[index], time < starts[index + 1] {
                if let found { return .overlap(first: found + shift, second: time + shift) }
                found = time
            } else if index > 0, found == nil, time < starts[index],
                folded - Int64(offsets[index - 1]) >= starts[index]
            {
                return .gap(at: starts[index] + shift, before: Int64(offsets[index - 1]), after: offset)
            }
            index += 1
        }
        // Every local time is in a segment, or between two; this stands for arithmetic past the ends of time.
        return .unique((found ?? folded - Int64(offsets[offsets.count - 1])) + shift)
    }

    /// A local time in UTC: once, never (skipped by a transition at `at`), or twice.
    enum Place {
        case unique(Int64)
        case gap(at: Int64, before: Int64, after: Int64)
        case overlap(first: Int64, second: Int64)
    }
}
