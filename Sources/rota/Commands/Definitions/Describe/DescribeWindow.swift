import Model
import Recurrence
import Reports
import Store

extension DescribedFacts {
    func describe(_ rule: WindowRule) throws -> Description {
        let jobs = catalogue.jobs.values.filter { $0.window == rule.name }.map(\.name).sorted()
        var description = Description(
            "window/\(rule.name)",
            json: try JSONValue(.window(rule)).adding([.init("jobs", .array(jobs.map(JSONValue.text)))]))
        description.add("in words", rule.inWords)
        description.add("opens", rule.opens?.inWords ?? "outside of each client's business hours")
        description.add("for", rule.duration?.description)
        description.add("cutoff", rule.cutoff.map { "no start in the last \($0)" })
        description.add("timezone", rule.timezone ?? "each client's own")
        description.add("except", Listing.joined(rule.except))
        description.add("jobs", Listing.joined(jobs) ?? "none")

        var table = Table([.init("client"), .init("opens"), .init("last start"), .init("closes"), .init("when")])
        for client in catalogue.clients.values.sorted(by: { $0.name < $1.name }) {
            table.add([.init(client.name)] + openingCells(rule, client))
        }
        description.add("Next opening", table, empty: "There are no clients.")
        return description
    }

    private func openingCells(_ rule: WindowRule, _ client: Client) -> [Table.Cell] {
        do {
            let window = try rule.window(for: client, calendars: catalogue.calendars)
            guard let opening = window.openings(after: now).first(where: { _ in true }) else {
                return [
                    .init("no more within ten years"), .init(String?.none), .init(String?.none), .init(String?.none),
                ]
            }
            let isOpen = opening.opens <= now
            let local = { (instant: Instant) in
                instant == .distantPast || instant == .distantFuture ? nil : LocalText.day(window.zone.local(instant))
            }
            return [
                .init(local(opening.opens)), .init(local(opening.lastStart)), .init(local(opening.closes)),
                .init(
                    isOpen ? "open now" : Words.distance(to: opening.opens, from: now), style: isOpen ? .good : nil),
            ]
        } catch {
            return [.init("\(error)", style: .bad), .init(String?.none), .init(String?.none), .init(String?.none)]
        }
    }
}
