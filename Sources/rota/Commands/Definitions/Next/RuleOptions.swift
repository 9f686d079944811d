import ArgumentParser
import Model
import Recurrence

/// A rule given by hand.
struct RuleOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A recurrence rule (RFC 5545), such as FREQ=MONTHLY;BYDAY=2TU.", valueName: "rule"))
    var rrule: String?
    @Option(help: ArgumentHelp("The rule's start, such as 2026-01-13T02:00.", valueName: "local time"))
    var starting: LocalTime?
    @Option(help: ArgumentHelp("A cron expression, such as '0 2 * * SUN'.", valueName: "expression"))
    var cron: String?
    @Option(help: ArgumentHelp("Elapsed time, counted from 1970 in UTC, such as 6h.", valueName: "span"))
    var every: Span?
    @Option(help: ArgumentHelp("The zone on whose clock it is read, such as Europe/London.", valueName: "zone"))
    var zone: String?
    @Option(help: ArgumentHelp("Moves each time that --rrule names, such as 5d.", valueName: "span"))
    var offset: Span?

    @Option(
        help: ArgumentHelp(
            "Moves each date of --rrule to a business day, Monday to Friday: 'on or before', '2 after'.",
            valueName: "move"))
    var businessDay: BusinessDayMove?
    @Option(
        help: ArgumentHelp("A day that is no business day, such as 2026-12-25; may be repeated.", valueName: "date"))
    var holiday: [CivilDate] = []
    @Option(help: ArgumentHelp("A local time besides, such as 2026-03-01T02:00; may be repeated.", valueName: "time"))
    var including: [LocalTime] = []
    @Option(help: ArgumentHelp("A local time that is left out; may be repeated.", valueName: "time"))
    var excluding: [LocalTime] = []

    var isGiven: Bool {
        rrule != nil || cron != nil || every != nil || starting != nil || offset != nil || zone != nil
            || businessDay != nil
            || !holiday.isEmpty || !including.isEmpty || !excluding.isEmpty
    }

    func validate() throws {
        guard isGiven else { return }
        guard [rrule != nil, cron != nil, every != nil].count(where: \.self) == 1 else {
            throw ValidationError("give one of --rrule, --cron and --every")
        }
        guard zone != nil || every != nil else {
            throw ValidationError("a rule needs --zone, such as --zone Europe/London")
        }
        if rrule != nil {
            guard starting != nil else {
                throw ValidationError("--rrule needs --starting, such as --starting 2026-01-13T02:00")
            }
        } else if starting != nil || offset != nil || businessDay != nil {
            throw ValidationError(
                "--starting, --offset and --business-day have no meaning beside --\(cron == nil ? "every" : "cron")")
        }
        guard every == nil || including.isEmpty && excluding.isEmpty else {
            throw ValidationError(
                "--including and --excluding have no meaning beside --every, which names no local times")
        }
        guard holiday.isEmpty || businessDay != nil else {
            throw ValidationError("--holiday has a meaning only with --business-day")
        }
    }

    /// - Parameter after: nil counts a recurrence rule from its start, and an expression from now.
    func answer(after: Instant?, now: Instant, count: Int) throws -> NextOccurrences {
        let schedule = try schedule()
        let from = after ?? (rrule == nil ? now : .distantPast)
        var answer = NextOccurrences(
            title: rrule ?? cron ?? every.map { "every \($0)" } ?? "",
            identity: "rule.\(StableHash.hexadecimal(text))", inWords: schedule.inWords)
        do {
            answer.isEnded = try answer.add(schedule, after: from, count: count)
        } catch let error as RuleError {
            throw CommandFailure(error.message, mend: error.hint, at: option)
        }
        return answer
    }

    /// The option that says when.
    var option: String { cron != nil ? "--cron" : every != nil ? "--every" : "--rrule" }

    /// All that makes the rule what it is.
    private var text: String {
        var parts = [rrule, cron, starting?.description, offset?.description, zone].map { $0 ?? "" }
        // What came later is told only where it is there: an event is to keep its UID.
        if let every { parts.append("every \(every)") }
        if let businessDay { parts.append("\(businessDay)") }
        parts += holiday.map(\.description) + including.map { "+\($0)" } + excluding.map { "-\($0)" }
        return parts.joined(separator: "\n")
    }
}

extension LocalTime: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Span: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension CivilDate: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension BusinessDayMove: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
