import Model
import Recurrence
import Store
import Testing

@testable import rota

struct ArgumentTests {
    static let now = Instant(rfc3339: "2026-02-15T12:00:00Z")!

    @Test func `runs are named by number, jobs by name`() {
        #expect(RunNumber(argument: "4711")?.number == 4711)
        #expect(RunNumber(argument: "run/4711")?.number == 4711)
        for wrong in ["", "0", "-1", "x", "job/4711", "99999999999999999999"] {
            #expect(RunNumber(argument: wrong) == nil, "\(wrong)")
        }
        #expect(JobName(argument: "job/patch")?.name == "patch")
        #expect(JobName(argument: "patch")?.name == "patch")
        #expect(JobName(argument: "client/patch") == nil && JobName(argument: "") == nil)
    }

    @Test func `moments are instants, or spans from now`() throws {
        #expect(Moment(argument: "2026-02-15T10:00:00Z")?.before(Self.now) == Instant(rfc3339: "2026-02-15T10:00:00Z"))
        #expect(Moment(argument: "24h")?.before(Self.now) == Instant(rfc3339: "2026-02-14T12:00:00Z"))
        #expect(Moment(argument: "2d")?.after(Self.now) == Instant(rfc3339: "2026-02-17T12:00:00Z"))
        #expect(Moment(argument: "yesterday") == nil)
    }

    @Test func `filters are what was given, and nothing more`() throws {
        let filters = try ListFilters.parse([
            "--job", "job/patch", "--state", "failed", "--state", "held", "--since", "1h", "--limit", "7",
        ])
        #expect(
            filters.filter(now: Self.now)
                == RunFilter(
                    job: "patch", states: [.failed, .held], since: Instant(rfc3339: "2026-02-15T11:00:00Z"), limit: 7))
        #expect(try ListFilters.parse([]).filter(now: Self.now) == RunFilter())
    }

    @Test func `whoever acts is named by the option, else by the environment, else by user and host`() throws {
        let environment = ["ROTA_ACTOR": "desk"]
        #expect(try ActorOptions.parse(["--as", "ann"]).actor(environment: environment) == "ann")
        #expect(try ActorOptions.parse([]).actor(environment: environment) == "desk")
        let own = try ActorOptions.parse([]).actor(environment: ["ROTA_ACTOR": ""])
        #expect(own.contains("@") && !own.hasPrefix("@"))
    }

    @Test func `the database is that of the option, else of the environment, else libpq's own`() throws {
        let environment = ["ROTA_DATABASE_URL": "postgresql:///b"]
        let given = try DatabaseOptions.parse(["--database-url", "postgresql:///a"])
        #expect(given.configuration(environment: environment).conninfo == "postgresql:///a")
        #expect(try DatabaseOptions.parse([]).configuration(environment: environment).conninfo == "postgresql:///b")
        #expect(try DatabaseOptions.parse([]).configuration(environment: [:]).conninfo == nil)
    }
}
