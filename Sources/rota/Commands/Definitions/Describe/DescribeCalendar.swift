import Model
import Reports

extension DescribedFacts {
    func describe(_ calendar: Calendar) throws -> Description {
        let users = CalendarUsers(of: calendar.name, in: catalogue)
        var description = Description(
            "calendar/\(calendar.name)",
            json: try JSONValue(.calendar(calendar)).adding([
                .init("windows", .array(users.windows.map(JSONValue.text))),
                .init("clients", .array(users.clients.map(JSONValue.text))),
                .init("jobs", .array(users.jobs.map(JSONValue.text))),
            ]))
        description.add("windows", Listing.joined(users.windows) ?? "none")
        description.add("holidays of", Listing.joined(users.clients) ?? "none")
        description.add("business days of jobs", Listing.joined(users.jobs))
        var table = Table([.init("day"), .init("name", flexible: true)])
        for day in calendar.days {
            let rule = day.rrule.map { "\($0) from \(day.starting?.description ?? "-")" }
            table.add([.init(day.date?.description ?? rule), .init(day.name)])
        }
        description.add("Days", table, empty: "It has no days.")
        var freezes = Table([.init("from"), .init("through"), .init("reason", flexible: true)])
        for freeze in calendar.freezes {
            freezes.add([.init(freeze.from.description), .init(freeze.through.description), .init(freeze.reason)])
        }
        description.add("Freezes", freezes, empty: "It has no freezes.")
        return description
    }
}
