import Synchronization

/// Which days are closed, 512 of them at a time, found once: counting business days asks for the same ones again and
/// again, and calendars may have a hundred rules.
final class ClosedBlocks: Sendable {
    private let closed: ClosedDays
    private let known = Mutex<[Int: SIMD8<UInt64>]>([:])

    /// 512 days each: more than seven hundred years, in some 40 KB.
    private static let mostKnown = 512

    init(_ closed: ClosedDays) { self.closed = closed }

    func contains(_ day: Int) -> Bool {
        let number = day >> 9
        let block = known.withLock { known in
            if let block = known[number] { return block }
            let block = closed.bits(from: number << 9)
            if known.count >= Self.mostKnown { known.removeAll(keepingCapacity: true) }
            known[number] = block
            return block
        }
        return block[(day & 511) >> 6] >> UInt64(day & 63) & 1 != 0
    }
}

extension ClosedDays {
    /// The days from one on, 512 of them, as bits: those that are closed are set.
    fileprivate func bits(from first: Int) -> SIMD8<UInt64> {
        var bits = SIMD8<UInt64>(repeating: 0)
        let end = first + 512
        func close(_ day: Int) { bits[(day - first) >> 6] |= 1 << UInt64((day - first) & 63) }
        for date in dates where first <= date.date.daysSinceEpoch && date.date.daysSinceEpoch < end {
            close(date.date.daysSinceEpoch)
        }
        for freeze in freezes {
            let through = min(freeze.through.daysSinceEpoch, end - 1)
            for day in stride(from: max(freeze.from.daysSinceEpoch, first), through: through, by: 1) { close(day) }
        }
        for rule in recurring {
            var day = first
            while let next = rule.set.first(
                atOrAfter: Int64(day) * CivilMath.secondsPerDay, before: Int64(end) * CivilMath.secondsPerDay)
            {
                close(CivilMath.split(next).day)
                day = CivilMath.split(next).day + 1
            }
        }
        return bits
    }
}
