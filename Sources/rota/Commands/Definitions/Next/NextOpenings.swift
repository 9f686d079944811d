import Recurrence
import Reports

/// Openings of a window.
struct NextOpenings {
    /// In whose zone they are shown to people.
    var zone: Zone
    /// The window and its client, for people.
    var title: String
    /// The same, for programs.
    var identity: String
    /// What the window says in plain English.
    var inWords: String
    var openings: [Opening]

    func show(_ output: OutputOptions, now: Instant) throws {
        if output.isForPeople { try StandardOutput.line("\(PlainText.line(inWords))\n") }
        try output.show(json, table: table(now: now), empty: "It opens no more within ten years.")
    }

    /// A bound that is further away than was looked (ten years) is null.
    var json: JSONValue {
        [
            "openings": .array(
                openings.map { opening in
                    [
                        "opens": JSONValue(opening.opens == .distantPast ? nil : opening.opens),
                        "lastStart": JSONValue(opening.lastStart == .distantFuture ? nil : opening.lastStart),
                        "closes": JSONValue(opening.closes == .distantFuture ? nil : opening.closes),
                    ]
                })
        ]
    }

    func table(now: Instant) -> Table {
        var table = Table([
            Table.Column("opens"), Table.Column("last start"), Table.Column("closes"), Table.Column("zone"),
            Table.Column("when"), Table.Column("lasts"),
        ])
        for opening in openings {
            let isOpen = opening.opens <= now && now < opening.closes
            table.add([
                Table.Cell(local(opening.opens, else: "ever open")),
                Table.Cell(local(opening.lastStart, else: "any time")),
                Table.Cell(local(opening.closes, else: "never")),
                Table.Cell(zone.name),
                Table.Cell(
                    isOpen ? "open now" : Words.distance(to: opening.opens, from: now), style: isOpen ? .good : nil),
                Table.Cell(lasts(opening)),
            ])
        }
        return table
    }

    /// Nil where nobody knows since when it has been open.
    private func lasts(_ opening: Opening) -> String? {
        guard opening.closes != .distantFuture else { return "for ever" }
        return opening.opens == .distantPast ? nil : Words.span(opening.closes - opening.opens)
    }

    /// - Parameter word: what is told of a moment that is further away than was looked.
    private func local(_ instant: Instant, else word: String) -> String {
        instant == .distantPast || instant == .distantFuture ? word : LocalText.day(zone.local(instant))
    }
}
