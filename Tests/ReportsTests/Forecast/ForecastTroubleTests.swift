import Model
import Recurrence
import Testing

@testable import Reports

/// Problems that are told as one.
struct ForecastTroubleTests {
    @Test func `problems of one kind, reason and job are told as one, with for how many clients`() throws {
        let forecast = try Sample.forecast(
            [Sample.client(), Sample.client("other"), Sample.job("daily", "0 1 * * *", window: "patching")]
                + Sample.window + Sample.servers(2) + Sample.servers(1, client: "other"), days: 8)
        let troubles = ForecastTrouble.all(of: forecast.problems)
        #expect(troubles.map(\.times) == [18] && troubles[0].client == "2 clients")
        #expect(troubles[0].first.due == Instant(rfc3339: "2026-11-21T01:00:00Z")!)
    }

    @Test func `collisions are told for each two jobs, with what is true of all their assets`() throws {
        let two = Sample.job("two", "5 2 22 * *")
        let forecast = try Sample.forecast(
            [Sample.client(), Sample.job("one", "0 2 22 * *"), two, Sample.job("three", "0 3 22 * *")]
                + [Sample.job("four", "5 3 22 * *")] + Sample.servers(2), days: 3)
        let both = ForecastTrouble.all(of: forecast.problems).filter { $0.first.kind == .collision }
        #expect(both.map { [$0.first.job, $0.first.other] } == [["one", "two"], ["four", "three"]])
        #expect(both.map(\.times) == [2, 2])
        #expect(
            both[0].text
                == "one and two are at work on one asset at once; make both 'exclusive: true', or move one of them")
    }

    @Test func `one job that collides with several has a line for each, and one asset is named`() throws {
        let forecast = try Sample.forecast(
            [Sample.client(), Sample.job("backup", "0 2 22 * *"), Sample.job("copy", "5 2 22 * *")]
                + [Sample.job("dump", "5 2 22 * *")] + Sample.servers(1), days: 3)
        let troubles = ForecastTrouble.all(of: forecast.problems)
        #expect(
            troubles.map { "\($0.first.job ?? "") \($0.first.other ?? "") \($0.times)" }
                == ["backup copy 1", "backup dump 1", "copy dump 1"])
        #expect(troubles[0].text == "acme-1: " + forecast.problems[0].text)
        #expect(forecast.problems[0].json["other"] == "copy")
        var page = ""
        try forecast.writeHTML { page += $0 }
        #expect(page.contains("backup and copy are") && page.contains("backup and dump are"))
    }
}
