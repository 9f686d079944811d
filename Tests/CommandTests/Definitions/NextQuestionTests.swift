import Model
import Recurrence
import Reports
import Testing

@testable import rota

/// When definitions say that things happen.
struct NextQuestionTests {
    private let now = Instant(rfc3339: "2026-02-15T12:00:00Z")!

    private var catalogue: Catalogue {
        let window = WindowRule(
            name: "nights", opens: ScheduleRule(cron: "0 2 * * *"), duration: Span(seconds: 3 * 3600),
            cutoff: Span(seconds: 45 * 60))
        let job = Job(
            name: "patch", schedule: ScheduleRule(cron: "0 1 * * *"), window: "nights",
            action: .exec(ExecAction(command: ["/bin/true"], timeout: Span(seconds: 60))))
        return Catalogue([
            .client(Client(name: "harbour", timezone: "America/Vancouver")),
            .client(Client(name: "lake", timezone: "Europe/London")), .window(window), .job(job),
        ])
    }

    private func question(client: String? = nil, after: String? = nil, count: Int = 1) -> NextQuestion {
        let after = after.flatMap { Instant(rfc3339: $0) } ?? now
        return NextQuestion(catalogue: catalogue, client: client, after: after, now: now, count: count)
    }

    private func failure(_ body: () throws -> Void) -> CommandFailure? {
        do {
            try body()
            return nil
        } catch {
            return CommandEnd.failure(from: error)
        }
    }

    @Test func `a job is due for each client in its own zone, and starts when its window opens`() throws {
        let answer = try question().occurrences(ofJob: "patch")
        let told = answer.entries.map {
            "\($0.client ?? "-") \($0.occurrence.at) \($0.startsAt?.description ?? "-")"
        }
        #expect(
            told == [
                "lake 2026-02-16T01:00:00Z 2026-02-16T02:00:00Z", "harbour 2026-02-16T09:00:00Z 2026-02-16T10:00:00Z",
            ])
        #expect(try question(client: "lake", count: 2).occurrences(ofJob: "patch").entries.count == 2)
    }

    @Test func `spread: an asset's own start is told, and that there is one where none is asked for`() throws {
        var asked = question(client: "lake")
        asked.catalogue.insert(.asset(Asset(name: "srv", client: "lake", kind: "server")))
        asked.catalogue.jobs["patch"]?.targets = TargetSelector(kinds: ["server"])
        asked.catalogue.jobs["patch"]?.window = nil
        asked.catalogue.jobs["patch"]?.schedule.spread = Span("2h")
        #expect(
            try asked.occurrences(ofJob: "patch").note?.hasPrefix("Each asset starts some time within 2h of it") == true
        )
        asked.client = nil
        asked.asset = "srv"
        let entries = try asked.occurrences(ofJob: "patch").entries
        let shift = Span("2h")!.shift(of: "patch", target: "srv")
        #expect(entries.map(\.client) == ["lake"])
        #expect(entries.first?.startsAt == entries.first.map { $0.occurrence.at + shift })
        asked.asset = "sr"
        #expect(failure { _ = try asked.occurrences(ofJob: "patch") }?.mend == "did you mean 'srv'?")
    }

    @Test func `the opening in progress is told with its true beginning`() throws {
        let openings = try question(client: "lake", after: "2026-02-15T03:00:00Z").openings(ofWindow: "nights").openings
        #expect(openings.map(\.opens) == [Instant(rfc3339: "2026-02-15T02:00:00Z")!])
        #expect(openings.map(\.lastStart) == [Instant(rfc3339: "2026-02-15T04:15:00Z")!])
        #expect(openings.map(\.closes) == [Instant(rfc3339: "2026-02-15T05:00:00Z")!])
    }

    @Test func `a window that never closes is one opening, in words and as JSON`() throws {
        var asked = question(client: "lake", count: 3)
        asked.catalogue.windows["nights"] = WindowRule(name: "nights", outside: .businessHours)
        let answer = try asked.openings(ofWindow: "nights")
        #expect(answer.json.json() == #"{"openings":[{"opens":null,"lastStart":null,"closes":null}]}"#)
        let row = answer.table(now: now).rendered(on: .none).split(separator: "\n").last ?? ""
        #expect(
            row.split(separator: " ").joined(separator: " ")
                == "ever open any time never Europe/London open now for ever")
    }

    @Test func `a name that is not there, and a client that is not given, are told`() {
        #expect(failure { _ = try question().occurrences(ofJob: "pathc") }?.mend == "did you mean 'patch'?")
        #expect(
            failure { _ = try question(client: "laek").occurrences(ofJob: "patch") }?.mend == "did you mean 'lake'?")
        let which = failure { _ = try question().openings(ofWindow: "nights") }
        #expect(which?.what == "a window opens for a client: which?")
        #expect(which?.mend == "give --client, one of harbour, lake")
        #expect(which?.status == .wrongWords)
    }

    @Test func `the shapes of the JSON are those that are promised`() throws {
        let openings = try question(client: "lake").openings(ofWindow: "nights")
        let opening =
            #"{"opens":"2026-02-16T02:00:00Z","lastStart":"2026-02-16T04:15:00Z","closes":"2026-02-16T05:00:00Z"}"#
        #expect(openings.json.json() == #"{"openings":[\#(opening)]}"#)
        var occurrences = try question(client: "lake").occurrences(ofJob: "patch")
        occurrences.entries[0].client = nil
        let occurrence = #"{"at":"2026-02-16T01:00:00Z","local":"2026-02-16T01:00:00","zone":"Europe/London"}"#
        #expect(occurrences.json.json() == #"{"occurrences":[\#(occurrence)]}"#)
    }
}
