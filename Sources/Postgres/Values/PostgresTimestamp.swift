/// An instant: microseconds since 1970-01-01T00:00:00Z, stored as `timestamp with time zone`.
///
/// The server's `infinity` and `-infinity` are `Int64.max` and `Int64.min`.
public struct PostgresTimestamp: PostgresValue, Hashable, Comparable {
    public let microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    public static let infinity = PostgresTimestamp(microseconds: .max)
    public static let minusInfinity = PostgresTimestamp(microseconds: .min)

    public static var postgresType: PostgresType { .timestamptz }

    public static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        guard microseconds != .max, microseconds != .min else { return buffer.write(microseconds) }
        let (difference, overflow) = microseconds.subtractingReportingOverflow(PostgresTimestamp.epoch)
        // What does not fit becomes a value that the server refuses as out of range, not another instant.
        buffer.write(overflow ? .min + 1 : max(difference, .min + 1))
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> PostgresTimestamp {
        let stored: Int64 = try bytes.integer()
        if stored == .max || stored == .min { return PostgresTimestamp(microseconds: stored) }
        let (sum, overflow) = stored.addingReportingOverflow(epoch)
        guard !overflow else { throw PostgresDecodingProblem("is later than Int64 microseconds can say") }
        return PostgresTimestamp(microseconds: sum)
    }

    /// 2000-01-01T00:00:00Z, from which the server counts.
    private static var epoch: Int64 { 946_684_800_000_000 }
}
