import Model
import Recurrence
import Reports
import Store

extension RunReport {
    /// The answer in words, a fact a line.
    func text(on terminal: Terminal) -> String {
        let target = [row.asset.map { "on \($0)" }, "for \(row.client)"].compactMap { $0 }.joined(separator: " ")
        var lines = [Style.heading.paint("run \(row.run): \(PlainText.line("\(row.job) \(target)"))", on: terminal)]
        func fact(_ name: String, _ value: String?) {
            guard let value else { return }
            lines.append("  \(name)\(String(repeating: " ", count: max(1, 13 - name.count)))\(PlainText.line(value))")
        }
        fact("stands", "\(row.state.rawValue), since \(moment(row.standing.since))")
        fact("why", explanation.why)
        fact("next chance", explanation.nextChance.map(moment) ?? (row.state.isOpen ? "nobody knows" : nil))
        fact("due", "\(moment(row.due))\(detail.localTime.map { ", \($0) in \(detail.zone ?? "")" } ?? "")")
        fact("overdue", overdue)
        for waiver in waivers { fact("waiver", words(waiver)) }
        fact("asked by", detail.madeBy.map { "\($0)\(detail.retryOf.map { ", to do run \($0) again" } ?? "")" })
        fact("revision", "\(detail.revision), queue \(row.queue), \(row.lane.rawValue)")
        fact("evidence", detail.evidence.isEmpty ? nil : detail.evidence.joined(separator: ", "))
        for (index, step) in detail.checklist.enumerated() { fact(index == 0 ? "checklist" : "", "[ ] \(step)") }
        for (index, attempt) in detail.attempts.enumerated() { fact(index == 0 ? "attempts" : "", attempt.words) }
        return lines.joined(separator: "\n") + "\n"
            + (gates.isEmpty ? "" : gateTable.rendered(on: terminal, wide: false))
    }

    private var gateTable: Table {
        var table = Table([.init("gate"), .init("stands"), .init("opens"), .init("why", note: true)])
        for gate in gates {
            table.add([
                .init(gate.name), gate.isOpen ? .init("open", style: .good) : .init("closed", style: .warning),
                .init(gate.opensAt.map { Words.distance(to: $0, from: asOf) }), .init(gate.why),
            ])
        }
        return table
    }

    private var overdue: String? {
        guard let dueBy = row.dueBy, row.state != .succeeded, !isWaived else { return nil }
        return dueBy < asOf
            ? "by \(Words.span(asOf - dueBy)), since \(Words.moment(dueBy))" : "from \(moment(dueBy)) on"
    }

    private func words(_ waiver: Waiver) -> String {
        let isOver = waiver.withdrawal == nil && !waiver.isInForce(at: asOf) ? "; that has passed" : ""
        return "\(waiver.inWords) (said \(Words.moment(waiver.since)))\(isOver)"
    }

    private func moment(_ instant: Instant) -> String {
        "\(Words.moment(instant)) (\(Words.distance(to: instant, from: asOf)))"
    }
}

extension AttemptRow {
    fileprivate var words: String {
        let exit = exitCode.map { ", exit code \($0)" } ?? ""
        let message = message.map { ": \($0)" } ?? ""
        return "\(number). \(end.rawValue) after \(Words.span(endedAt - leasedAt)) on \(worker), "
            + "\(Words.moment(leasedAt))\(exit)\(message)"
    }
}
