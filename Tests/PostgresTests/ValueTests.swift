import Postgres
import SeededDice
import TestSupport
import Testing

@Suite struct ValueTests {
    @Test func `every type comes back as it was sent`() async throws {
        try await withConnection { connection in
            try await check([true, false], connection)
            try await check([Int16.min, 0, .max], connection)
            try await check([Int32.min, 0, .max], connection)
            try await check([Int64.min, 0, .max], connection)
            try await check([Int.min, 0, .max], connection)
            try await check(
                [-.infinity, -0.1, 0, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .infinity], connection)
            try await check(["", " ", "a'b\"c\\d", "żółć 🦆 \u{301}", "\u{1}\n\t{}[],NULL"], connection)
            try await check([[], [0], Array(0...255)] as [[UInt8]], connection)
            try await check([PostgresTimestamp(microseconds: 0), .infinity, .minusInfinity], connection)
            try await check([PostgresInterval(microseconds: -1), PostgresInterval(microseconds: .max)], connection)
            try await check(
                [PostgresDate(days: 0), PostgresDate(days: -719_162), PostgresDate(days: 2_932_896)], connection)
            try await check([JSON("{}"), JSON("[1, 2.5, \"ż\", null]")], connection)
        }
    }

    @Test func `random values come back as they were sent`() async throws {
        let seed = UInt64.random(in: .min ... .max)
        print("seed of random values: \(seed)")
        var random = Dice(seed)
        let values = (0..<50).map { _ in RandomValues(using: &random) }
        try await withConnection { connection in
            for value in values {
                try await check(value.integers, connection)
                try await check(value.doubles, connection)
                try await check(value.texts, connection)
                try await check(value.bytes, connection)
                try await check(value.instants, connection)
                let maybes: [Int32?] = try await connection.value("select $1", [value.maybes])
                #expect(maybes == value.maybes)
            }
        }
    }

    @Test func `the server reads what we mean`() async throws {
        try await withConnection { connection in
            let row = try await connection.query(
                """
                select $1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text
                """,
                [
                    PostgresTimestamp(microseconds: 1_700_000_000_123_456),
                    PostgresInterval(microseconds: 3_661_000_001),
                    PostgresDate(days: 19_723), ["a", nil, "NULL", ""] as [String?], [[1, 255], nil] as [[UInt8]?],
                    JSON("{\"a\": 1}"), [] as [Int64], [true, nil] as [Bool?], UInt8(200),
                ]
            ).only()
            let texts = try (0..<9).map { try row.get($0, as: String.self) }
            #expect(
                texts == [
                    "2023-11-14 22:13:20.123456+00", "01:01:01.000001", "2024-01-01", "{a,NULL,\"NULL\",\"\"}",
                    "{\"\\\\x01ff\",NULL}", "{\"a\": 1}", "{}", "{t,NULL}", "200",
                ])
        }
    }

    @Test func `we read what the server means`() async throws {
        try await withConnection { connection in
            try await connection.execute("create type mood as enum ('good', 'bad')")
            let row = try await connection.query(
                """
                select 7::int2, 7::int4, 7::oid, 1.5::float4, 'x'::varchar, 'x'::name, 'bad'::mood, array['good']::mood[],
                    '2 days 1 hour'::interval, '{"a":1}'::json, array[1, 2]::int2[], array['x', null]::varchar[]
                """
            ).only()
            #expect(try (0..<3).map { try row.get($0, as: Int.self) } == [7, 7, 7])
            #expect(try row.get(3, as: Double.self) == 1.5)
            #expect(try (4..<7).map { try row.get($0, as: String.self) } == ["x", "x", "bad"])
            #expect(try row.get(7, as: [String].self) == ["good"])
            #expect(try row.get(8, as: PostgresInterval.self).microseconds == 49 * 3_600_000_000)
            #expect(try row.get(9, as: JSON.self).text == "{\"a\":1}")
            #expect(try row.get(10, as: [Int].self) == [1, 2])
            #expect(try row.get(11, as: [String?].self) == ["x", nil])
        }
    }

    @Test func `null is read only as an optional`() async throws {
        try await withConnection { connection in
            let row = try await connection.query("select $1, $2, $3", [Int?.none, String?("x"), [Int]?.none]).only()
            #expect(try row.get(0, as: Int?.self) == nil)
            #expect(try row.get(1, as: String?.self) == "x")
            #expect(try row.get(2, as: [Int]?.self) == nil)
            let error = #expect(throws: PostgresError.self) { try row.get(0, as: Int.self) }
            #expect(error?.cause.contains("is null; read it as Int?") == true)
        }
    }

    @Test func `a value is never read as something that it is not`() async throws {
        try await withConnection { connection in
            let row = try await connection.query(
                "select 1::int8, 'x'::text, 1.5::numeric, '1 month'::interval, array[[1],[2]]::int8[], array[1, null]::int8[]"
            ).only()
            #expect(throws: PostgresError.self) { try row.get(0, as: Int32.self) }
            #expect(throws: PostgresError.self) { try row.get(0, as: String.self) }
            #expect(throws: PostgresError.self) { try row.get(1, as: [UInt8].self) }
            #expect(throws: PostgresError.self) { try row.get(2, as: Double.self) }
            #expect(throws: PostgresError.self) { try row.get(3, as: PostgresInterval.self) }
            #expect(throws: PostgresError.self) { try row.get(4, as: [Int].self) }
            #expect(throws: PostgresError.self) { try row.get(5, as: [Int].self) }
            let error = #expect(throws: PostgresError.self) { try row.get(2, as: Double.self) }
            #expect(error?.cause == "column 'numeric' is numeric, which is not read as Double")
        }
    }

    @Test func `what an instant cannot be is refused by the server, not bent`() async throws {
        try await withConnection { connection in
            let instants: [Int64] = [.min + 1, .min + 946_684_800_000_000]
            for instant in instants {
                let error = await #expect(throws: PostgresError.self) {
                    try await connection.query("select $1", [PostgresTimestamp(microseconds: instant)])
                }
                #expect(error?.sqlState == "22008")
            }
        }
    }

    @Test func `other types wrap those that are there`() async throws {
        enum Lane: String, PostgresValue { case proactive, reactive }
        struct Name: PostgresWrapper, Equatable {
            let postgresBase: String
        }
        try await withConnection { connection in
            let row = try await connection.query(
                "select $1, $2, $3, $4::text", [Lane.reactive, Name(postgresBase: "a"), [Lane.proactive], Lane?.none]
            ).only()
            #expect(try row.get(0, as: Lane.self) == .reactive)
            #expect(try row.get(1, as: Name.self) == Name(postgresBase: "a"))
            #expect(try row.get(2, as: [Lane].self) == [.proactive])
            #expect(try row.get(3, as: Lane?.self) == nil)
            let error = #expect(throws: PostgresError.self) { try row.get(1, as: Lane.self) }
            #expect(error?.cause == "column '?column?' is none of the values of Lane")
        }
    }

    /// Sends each value alone and all in an array, with and without nulls.
    private func check<T: PostgresValue & Equatable>(_ values: [T], _ connection: Connection) async throws {
        for value in values {
            let back: T = try await connection.value("select $1", [value])
            #expect(back == value)
        }
        let nulls: [T?] = values + [nil]
        let row = try await connection.query("select $1, $2", [values, nulls]).only()
        #expect(try row.get(0, as: [T].self) == values)
        #expect(try row.get(1, as: [T?].self) == nulls)
    }
}
