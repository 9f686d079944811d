import Recurrence
import Reports

/// Moments at which something is due.
struct NextOccurrences {
    struct Entry {
        var occurrence: Occurrence
        /// Nil for a rule given by hand.
        var client: String?
        /// When its window first lets it start, or its spread; nil without either, or where the window opens no more.
        var startsAt: Instant?
        /// What the rule says in plain English.
        var inWords: String
    }

    /// What it is that is due, for people: the job's summary, or the rule.
    var title: String
    /// The same, for programs: it names a job or a rule in every file of events.
    var identity: String
    /// How long it takes at most; zero where that is not known.
    var length = Duration.zero

    /// What the rule says in plain English; nil where there is none.
    var inWords: String?
    var hasStarts = false
    /// What people are told besides.
    var note: String?
    /// Whether a rule ends before as many were found as were asked for.
    var isEnded = false
    var entries: [Entry] = []

    /// Adds what a schedule names next, up to a number.
    ///
    /// - Returns: whether it ended before that.
    /// - Throws: `RuleError` where there is none at all, and the rule does not say that it ends.
    mutating func add(
        _ schedule: Schedule, after: Instant, count: Int, client: String? = nil,
        startsAt: (Occurrence) throws -> Instant? = { _ in nil }
    ) throws -> Bool {
        var last = after
        for number in 0..<count {
            guard let occurrence = try Self.next(schedule, after: last, isFirst: number == 0) else { return true }
            entries.append(
                Entry(
                    occurrence: occurrence, client: client, startsAt: try startsAt(occurrence),
                    inWords: schedule.inWords))
            last = occurrence.at
        }
        return false
    }

    private static func next(_ schedule: Schedule, after last: Instant, isFirst: Bool) throws -> Occurrence? {
        do throws(RuleError) {
            return try schedule.next(after: last)
        } catch {
            guard isFirst else { return nil }
            // A rule that never fires at all is told as that.
            try schedule.check(now: last)
            throw error
        }
    }

    func show(_ output: OutputOptions, now: Instant) throws {
        if output.isForPeople, let inWords { try StandardOutput.line("\(inWords)\n") }
        try output.show(json, table: table(now: now), empty: "It is due no more.")
        if output.isForPeople, let note { try StandardOutput.line("\n\(note)") }
        if output.isForPeople, isEnded, !entries.isEmpty { try StandardOutput.line("\nThe rule ends there.") }
    }

    var json: JSONValue {
        ["occurrences": .array(entries.map(Self.json))]
    }

    private static func json(_ entry: Entry) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("at", JSONValue(entry.occurrence.at)), .init("local", .text(entry.occurrence.local.description)),
            .init("zone", .text(entry.occurrence.zone.name)),
        ]
        if let client = entry.client {
            members += [.init("client", .text(client)), .init("startsAt", JSONValue(entry.startsAt))]
        }
        return .object(members)
    }

    private func table(now: Instant) -> Table {
        let hasClients = entries.contains { $0.client != nil }
        var columns = [Table.Column("due"), Table.Column("zone"), Table.Column("utc"), Table.Column("when")]
        if hasClients { columns.insert(Table.Column("client", flexible: true), at: 0) }
        if hasStarts { columns.append(Table.Column("can start")) }
        var table = Table(columns)
        for entry in entries {
            let occurrence = entry.occurrence
            var row: [Table.Cell] = [
                Table.Cell(LocalText.day(occurrence.local)), Table.Cell(occurrence.zone.name),
                Table.Cell(Words.moment(occurrence.at)), Table.Cell(Words.distance(to: occurrence.at, from: now)),
            ]
            if hasClients { row.insert(Table.Cell(entry.client), at: 0) }
            if hasStarts {
                row.append(Table.Cell(entry.startsAt.map { LocalText.day(occurrence.zone.local($0)) }))
            }
            table.add(row)
        }
        return table
    }
}
