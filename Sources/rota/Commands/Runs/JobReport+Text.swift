import Model
import Recurrence
import Reports
import Store

extension JobReport {
    /// The answer in words: how the job stands at each client, then what is open.
    func text(on terminal: Terminal, wide: Bool) -> String {
        var text = Style.heading.paint("job \(PlainText.line(job)), revision \(standing.revision)", on: terminal) + "\n"
        for pause in [standing.pause].compactMap({ $0 }) + pauses {
            let until = pause.until.map { " until \(Words.moment($0))" } ?? ", until somebody resumes it"
            text += "  \(PlainText.line(pause.inWords)), since \(Words.moment(pause.since))\(until)\n"
        }
        text += clients.isEmpty ? "  it is for no client\n" : clientTable.rendered(on: terminal, wide: wide)
        for waiver in waivers {
            let target = waiver.asset.map { "\($0) of \(waiver.client)" } ?? waiver.client
            text +=
                "  \(PlainText.line("\(target): \(waiver.inWords)")), of what was due up to \(Words.moment(waiver.covers))\n"
        }
        guard !open.isEmpty else { return text + "No run of it is open.\n" }
        return text + openTable.rendered(on: terminal, wide: wide)
    }

    private var clientTable: Table {
        var table = Table([
            .init("client", flexible: true), .init("next due"), .init("can start"), .init("last done"),
            .init("held", .right), .init("ready", .right), .init("leased", .right), .init("waiting", .right),
            .init("next due at", wide: true), .init("planned through", wide: true), .init("trouble", note: true),
        ])
        for client in clients {
            let assignment = client.assignment
            table.add([
                .init(assignment.client), distance(client.nextDue), distance(client.nextStart),
                distance(assignment.lastSuccess), .init(assignment.held), .init(assignment.ready),
                .init(assignment.leased), .init(assignment.waiting), .init(client.nextDue.map(Words.moment)),
                .init(Words.moment(assignment.plannedThrough)), .init(assignment.trouble, style: .bad),
            ])
        }
        return table
    }

    private var openTable: Table {
        var table = Table([
            .init("run", .right), .init("client", flexible: true), .init("asset", flexible: true), .init("state"),
            .init("since"), .init("why", note: true), .init("next"),
        ])
        for run in open {
            table.add([
                .init(run.row.run), .init(run.row.client), .init(run.row.asset), .state(run.row.standing),
                distance(run.row.standing.since), .init(run.explanation.why), distance(run.explanation.nextChance),
            ])
        }
        return table
    }

    private func distance(_ instant: Instant?) -> Table.Cell {
        Table.Cell(instant.map { Words.distance(to: $0, from: asOf) })
    }
}
