/// A length of elapsed time, again and again.
final class EverySchedule: Sendable {
    let length: Int64
    let anchor: Int64
    private let table: ZoneTable

    init(_ length: Duration, _ anchor: Instant, _ zone: Zone) throws(RuleError) {
        let (seconds, attoseconds) = length.components
        guard attoseconds == 0, (1...315_360_000).contains(seconds) else {
            throw RuleError(
                "'every' is at least 1s and at most 10 years, in whole seconds", hint: "write 6h or 30d, for instance")
        }
        self.length = seconds
        self.anchor = anchor.seconds
        table = zone.table
    }

    func next(after time: Int64, before limit: Int64) -> (time: Int64, local: Int64)? {
        let next = time + length - CivilMath.modulo(time - anchor, length)
        let local = next + table.offset(at: next)
        return local < limit ? (next, local) : nil
    }
}
