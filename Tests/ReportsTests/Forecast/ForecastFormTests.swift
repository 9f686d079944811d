import Model
import Recurrence
import Testing

@testable import Reports

/// A forecast as JSON and as a page.
struct ForecastFormTests {
    private func written(_ write: ((String) throws -> Void) throws -> Void) throws -> String {
        var text = ""
        try write { text += $0 }
        return text
    }

    @Test func `JSON has the promised shape, and is the same in pieces and as a whole`() throws {
        let forecast = try Sample.forecast(
            [Sample.client(), Sample.job("check", "0 1 22 * *"), Sample.job("other", "5 1 22 * *")] + Sample.servers(1))
        let json = try JSONValue(parsing: try written(forecast.writeJSON))
        #expect(json["from"] == "2026-11-21T00:00:00Z" && json["until"] == "2026-11-28T00:00:00Z")
        guard case .array(let starts) = json["starts"], case .array(let problems) = json["problems"] else {
            Issue.record("starts and problems are lists")
            return
        }
        #expect(
            starts[0] == [
                "asset": "acme-1", "client": "acme", "due": "2026-11-22T01:00:00Z", "endsAt": "2026-11-22T01:10:00Z",
                "job": "check", "ring": 0, "startsAt": "2026-11-22T01:00:00Z",
            ])
        #expect(problems.count == 1 && problems[0]["kind"] == "collision" && problems[0]["reason"] == "asset")
        #expect(try JSONValue(parsing: forecast.json.json()) == json)
    }

    @Test func `a forecast of nothing is JSON too`() throws {
        let forecast = try Sample.forecast([Sample.client()])
        let json = try JSONValue(parsing: try written(forecast.writeJSON))
        #expect(json["starts"] == [] && json["problems"] == [])
    }

    @Test func `the page asks for nothing from elsewhere, and runs nothing`() throws {
        let forecast = try Sample.forecast(
            [Sample.client(), Sample.job("check", "0 1 * * *")] + Sample.servers(3), days: 30)
        let page = try written(forecast.writeHTML)
        #expect(page.contains("default-src 'none'"))
        for word in ["<script", "http://", "https://", "url(", "@import", "onload", "javascript:"] {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(page.contains("<b>90</b><span>runs</span>"))
    }

    @Test func `what stands in names is never markup`() throws {
        var forecast = try Sample.forecast([Sample.client(), Sample.job("check", "0 1 * * *")] + Sample.servers(1))
        let evil = "<img src=x onerror=\"a\">'&\u{1B}[31m\u{202E}"
        forecast.assignments[0].job = evil
        forecast.problems = [ForecastProblem(.missed, client: evil, job: evil, asset: evil, reason: evil, text: evil)]
        forecast.load.queues[0].queue = evil
        let page = try written(forecast.writeHTML)
        #expect(!page.contains("<img") && !page.contains("\u{1B}") && !page.contains("\u{202E}"))
        #expect(page.contains("&lt;img src=x onerror=&quot;a&quot;&gt;&#39;&amp;"))
    }

    @Test func `a year of many jobs is drawn within bounds`() throws {
        let jobs = (1...80).map { Sample.job("job-\($0)", "\($0 % 60) \($0 % 24) * * *") }
        let forecast = try Sample.forecast([Sample.client()] + jobs + Sample.servers(1), days: 366)
        let page = try written(forecast.writeHTML)
        #expect(page.utf8.count < 3_000_000)
        #expect(page.contains("and 20 more with fewer runs"))
    }
}
