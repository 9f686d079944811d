import Model
import Recurrence
import Testing

@testable import Reports

/// What a forecast says of runs that wait for their ring until the next are due.
struct ForecastRingTests {
    private func forecast(_ schedule: String, soak: Span, days: Int) throws -> Forecast {
        let rollout = Rollout(rings: [
            Rollout.Ring(match: ["ring": "canary"], soak: soak), Rollout.Ring(match: [:]),
        ])
        let patch = Sample.job("patch", schedule, window: "patching", within: Span(days: 30), rollout: rollout)
        let canary = Asset(name: "first", client: "acme", kind: "server", labels: ["ring": "canary"])
        return try Sample.forecast(
            [Sample.client(), patch, .asset(canary)] + Sample.window + Sample.servers(2), days: days)
    }

    @Test
    func `where a freeze holds back the first ring, those after it are told with the freeze and how to mend that`()
        throws
    {
        let forecast = try forecast("0 2 * * SUN", soak: Span(seconds: 600), days: 37)
        let missed = forecast.problems(.missed)
        #expect(Set(missed.map(\.due?.description)) == ["2026-12-20T02:00:00Z"])
        #expect(Set(missed.filter { $0.asset == "first" }.map(\.reason)) == ["frozen"])
        let after = missed.filter { $0.asset != "first" }
        #expect(after.map(\.asset) == ["acme-1", "acme-2"])
        #expect(after.allSatisfy { $0.reason == "ring" && $0.cause == "frozen" && $0.json["cause"] == "frozen" })
        #expect(
            after[0].text
                == "a ring of its rollout that goes before it could not be done: window 'patching' is closed by a day or a "
                + "freeze until the next is due; move the schedule out of it, or take its calendar out of the window's "
                + "'except'")
    }

    @Test func `where only the soak takes too long, that is what is to be mended, in a line of its own`() throws {
        let forecast = try forecast("0 2 * * SUN", soak: Span(days: 8), days: 37)
        let troubles = ForecastTrouble.all(of: forecast.problems).filter { $0.first.reason == "ring" }
        #expect(troubles.map(\.first.cause) == [nil, "frozen"] && troubles.map(\.times) == [8, 2])
        #expect(troubles[0].text.contains("shorten the soaks of the rings before"))
    }
}
