/// A calendar day without a time: days since 1970-01-01, stored as `date`.
public struct PostgresDate: PostgresValue, Hashable, Comparable {
    public let days: Int32

    public init(days: Int32) {
        self.days = days
    }

    public static var postgresType: PostgresType { .date }

    public static func < (left: PostgresDate, right: PostgresDate) -> Bool {
        left.days < right.days
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        let (difference, overflow) = days.subtractingReportingOverflow(PostgresDate.epoch)
        // What does not fit becomes a value that the server refuses as out of range, not another day.
        buffer.write(overflow ? .min + 1 : max(difference, .min + 1))
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> PostgresDate {
        let stored: Int32 = try bytes.integer()
        guard stored != .max, stored != .min else { throw PostgresDecodingProblem("is infinite") }
        let (sum, overflow) = stored.addingReportingOverflow(epoch)
        guard !overflow else { throw PostgresDecodingProblem("is later than Int32 days can say") }
        return PostgresDate(days: sum)
    }

    /// 2000-01-01, from which the server counts.
    private static var epoch: Int32 { 10_957 }
}
