import Postgres
import Store
import Testing

/// What a worker asks again, rather than have a run done twice because its result was not to be reported.
@Suite struct PassingErrorTests {
    @Test(arguments: ["40001", "40P01", "25006", "53100", "53300", "57014", "58030"])
    func `what may succeed later is asked again`(state: String) async throws {
        #expect(Store.isPassing(try await error(state)))
    }

    @Test(arguments: ["23505", "23514", "22P02", "42P01", "P0001"])
    func `what fails for its own sake is not asked again`(state: String) async throws {
        #expect(!Store.isPassing(try await error(state)))
    }

    @Test func `another error than the database's is not asked again`() {
        #expect(!Store.isPassing(CancellationError()))
    }

    private func error(_ state: String) async throws -> any Error {
        try await Planning.with { planning in
            let error = await #expect(throws: PostgresError.self) {
                try await planning.database.execute(
                    "do $$ begin raise exception 'a test''s' using errcode = '\(state)'; end $$")
            }
            return try #require(error)
        }
    }
}
