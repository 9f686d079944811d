/// A schedule with some local times besides (RDATE, RFC 5545 section 3.8.5.2) and without some others (EXDATE, section
/// 3.8.5.1). What stands in both is left out.
///
/// They are the times at which the schedule is due in the end, after all that moves its dates: what people see is what
/// they write.
final class ExceptedSchedule: Sendable {
    let base: Schedule
    /// In the order of moments.
    let including: [(time: Int64, local: Int64)]
    let excluding: [Int64]

    init(_ base: Schedule, including: [LocalTime], excluding: [LocalTime]) {
        let table = base.zone.table
        let left = Set(excluding.map(\.seconds))
        self.base = base
        self.including = Set(including.map(\.seconds)).subtracting(left).map { local in
            switch table.place(local) {
            case .unique(let time), .overlap(let time, _): (time, local)
            case .gap(_, let before, _): (local - before, local)
            }
        }.sorted { $0.time < $1.time }
        self.excluding = left.sorted()
    }

    func next(after time: Int64, before limit: Int64) -> (time: Int64, local: Int64)? {
        var found = base.search(after: time, before: limit)
        while let next = found, isExcluded(next.local) { found = base.search(after: next.time, before: limit) }
        guard let extra = firstIncluded(after: time), extra.local < limit, extra.time < found?.time ?? .max else {
            return found
        }
        return extra
    }

    private func isExcluded(_ local: Int64) -> Bool {
        let index = excluding.partitioned { $0 >= local }
        return index < excluding.count && excluding[index] == local
    }

    private func firstIncluded(after time: Int64) -> (time: Int64, local: Int64)? {
        let index = including.partitioned { $0.time > time }
        return index < including.count ? including[index] : nil
    }
}

extension Array {
    /// In an array whose elements come to hold to a condition and then go on to: the first that does.
    func partitioned(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
