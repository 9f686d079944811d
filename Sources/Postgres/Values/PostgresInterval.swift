/// Elapsed time in microseconds, stored as `interval`.
///
/// An interval of the server's may also have days, which are read as 24 hours (a difference of timestamps has such), and
/// months, which have no length and are refused.
public struct PostgresInterval: PostgresValue, Hashable, Comparable {
    public let microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    public static var postgresType: PostgresType { .interval }

    public static func < (left: PostgresInterval, right: PostgresInterval) -> Bool {
        left.microseconds < right.microseconds
    }

    public func encodePostgres(into buffer: inout PostgresBuffer) {
        buffer.write(microseconds)
        buffer.write(Int32(0))
        buffer.write(Int32(0))
    }

    public static func decodePostgres(_ bytes: RawSpan, type: PostgresType.ID) throws -> PostgresInterval {
        let elapsed: Int64 = try bytes.integer(at: 0)
        let days = Int64(try bytes.integer(at: 8, as: Int32.self))
        let months: Int32 = try bytes.integer(at: 12)
        guard months == 0 else {
            throw PostgresDecodingProblem("has months, which are no elapsed time; use extract(epoch from …)")
        }
        let (sum, overflow) = elapsed.addingReportingOverflow(days * 86_400_000_000)
        guard !overflow else { throw PostgresDecodingProblem("is longer than Int64 microseconds can say") }
        return PostgresInterval(microseconds: sum)
    }
}
