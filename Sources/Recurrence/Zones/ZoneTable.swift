/// The offsets of a zone over all time, made for looking up in a few nanoseconds.
///
/// Segments run from one transition to the next. What the data says explicitly is followed by what its footer rule
/// gives for the 400 years after, and beyond that the calendar repeats.
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
        let index = index(folded - Self.widestOffset)
        let farthest = folded + Self.widestOffset
        if starts[index + 1] > farthest { return .unique(local - Int64(offsets[index])) }
        return search(folded, from: index, through: farthest).moved(by: shift)
    }

    /// The segments that could show a local time, one after the other. A time that one change skips may still be shown
    /// where another soon after puts the clock back.
    private func search(_ local: Int64, from: Int, through farthest: Int64) -> Place {
        var (index, found, gap) = (from, Int64?.none, Place?.none)
        while index < offsets.count, starts[index] <= farthest {
            let offset = Int64(offsets[index])
            let time = local - offset
            if time >= starts[index], time < starts[index + 1] {
                if let found { return .overlap(first: found, second: time) }
                found = time
            } else if gap == nil, index > 0, time < starts[index], local - Int64(offsets[index - 1]) >= starts[index] {
                gap = .gap(at: starts[index], before: Int64(offsets[index - 1]), after: offset)
            }
            index += 1
        }
        if let found { return .unique(found) }
        // Every local time is in a segment, or between two; the last stands for arithmetic past the ends of time.
        return gap ?? .unique(local - Int64(offsets[offsets.count - 1]))
    }

    /// A local time in UTC: once, never (skipped by a transition at `at`), or twice.
    enum Place {
        case unique(Int64)
        case gap(at: Int64, before: Int64, after: Int64)
        case overlap(first: Int64, second: Int64)

        /// As much later, for times that lie past the table by whole cycles.
        fileprivate func moved(by shift: Int64) -> Place {
            switch self {
            case .unique(let time): .unique(time + shift)
            case .gap(let time, let before, let after): .gap(at: time + shift, before: before, after: after)
            case .overlap(let first, let second): .overlap(first: first + shift, second: second + shift)
            }
        }
    }
}
