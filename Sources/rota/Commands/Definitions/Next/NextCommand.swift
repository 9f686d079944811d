import ArgumentParser
import Model
import Recurrence

/// When something happens next.
struct NextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "When it happens next: a job, a window, or a rule given by hand.",
        usage: """
            rota next job/NAME [--client C] [--asset A] [-f PATH …]
            rota next window/NAME [--client C] [-f PATH …] [--after INSTANT]
            rota next --rrule RULE --starting LOCAL --zone ZONE [--offset SPAN] [--business-day MOVE]
            rota next --cron EXPRESSION --zone ZONE [--after INSTANT]
            rota next --every SPAN [--zone ZONE] [--after INSTANT]
            """,
        discussion: """
            --after is exclusive; without it --rrule counts from its start, and everything else from now. Of a window \
            the openings are told that close after that moment, the one in progress with its true beginning included.

            --ics writes what a calendar program opens, or subscribes to where a web server gives it out: a job from \
            when it can start, for as long as it may take (a minute where that is not known), a window from opening \
            to closing. An event keeps its UID from one call to the next.
            """)

    @Argument(help: ArgumentHelp("job/NAME or window/NAME.", valueName: "what"))
    var what: String?
    @Option(help: "Only for this client.") var client: String?
    @Option(help: ArgumentHelp("When a job with 'spread' starts on this asset.", valueName: "name")) var asset: String?
    @OptionGroup var rule: RuleOptions
    @Option(help: ArgumentHelp("After this moment: 2026-02-15T10:00:00Z, or a span from now.", valueName: "moment"))
    var after: Moment?
    @Option(help: "How many at most, for each client: 1 to 10000.") var count = 5
    @Flag(help: "As a file for calendar programs (iCalendar, RFC 5545).")
    var ics = false
    @OptionGroup var source: DefinitionSource
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(count) else { throw ValidationError("--count is from 1 to 10000, not \(count)") }
        guard rule.isGiven != (what != nil) else {
            throw ValidationError("give one of job/NAME, window/NAME, --rrule, --cron and --every")
        }
        guard !rule.isGiven || (client == nil && asset == nil && source.files.isEmpty) else {
            throw ValidationError("--client, --asset and --file have no meaning beside a rule given by hand")
        }
        guard !ics || output.output == .table else {
            throw ValidationError("--ics is a form of its own: leave -o \(output.output.rawValue) out")
        }
    }

    func run() async throws {
        guard let what else {
            let now = WallClock.now()
            let answer = try rule.answer(after: after?.after(now), now: now, count: count)
            return try ics ? show(answer.calendar(), now) : answer.show(output, now: now)
        }
        guard let name = ObjectName(what), ["job", "window"].contains(name.kind) else {
            throw CommandFailure.words("'\(what)' is neither job/NAME nor window/NAME")
        }
        if asset != nil, name.kind == "window" {
            throw CommandFailure.words("--asset has no meaning for a window", mend: "leave it out")
        }
        let (catalogue, now) = try await source.load(assets: asset != nil)
        var question = NextQuestion(
            catalogue: catalogue, client: client, after: after?.after(now) ?? now, now: now, count: count)
        question.asset = asset
        if name.kind == "job" {
            let answer = try question.occurrences(ofJob: name.name)
            try ics ? show(answer.calendar(), now) : answer.show(output, now: now)
        } else {
            let answer = try question.openings(ofWindow: name.name)
            try ics ? show(answer.calendar(after: question.after), now) : answer.show(output, now: now)
        }
    }

    private func show(_ calendar: ICalendar, _ now: Instant) throws {
        try StandardOutput.write(calendar.text(now: now))
    }
}
