import Model
import Recurrence
import Reports
import Store

extension Listing {
    static func windows(_ windows: [WindowRule], in catalogue: Catalogue) throws -> Listing {
        var table = Table([
            .init("window"), .init("opens", flexible: true), .init("for"), .init("cutoff"), .init("except"),
            .init("timezone"), .init("jobs", .right),
        ])
        for window in windows {
            table.add([
                .init(window.name), .init(window.opens?.inWords ?? "outside of business hours"),
                .init(window.duration?.description), .init(window.cutoff?.description), .init(joined(window.except)),
                .init(window.timezone ?? "each client's"),
                .init(catalogue.jobs.values.count { $0.window == window.name }),
            ])
        }
        return Listing(
            title: "windows", items: try windows.map { try JSONValue(.window($0)) }, table: table,
            definitions: windows.map(Definition.window))
    }

    static func calendars(_ calendars: [Calendar], in catalogue: Catalogue) throws -> Listing {
        var table = Table([
            .init("calendar"), .init("days", .right), .init("freezes", .right), .init("windows", flexible: true),
            .init("clients", flexible: true), .init("jobs", .right),
        ])
        for calendar in calendars {
            let users = CalendarUsers(of: calendar.name, in: catalogue)
            table.add([
                .init(calendar.name), .init(calendar.days.count), .init(calendar.freezes.count),
                .init(joined(users.windows)), .init(joined(users.clients)), .init(users.jobs.count),
            ])
        }
        return Listing(
            title: "calendars", items: try calendars.map { try JSONValue(.calendar($0)) }, table: table,
            definitions: calendars.map(Definition.calendar))
    }
}

extension ScheduleRule {
    /// In plain English; the rule as it is written where it cannot be read.
    var inWords: String {
        do {
            let schedule = try schedule(in: .utc)
            let words = schedule.inWords
            // What has no zone of its own is read in each client's, which the words cannot know.
            guard timezone == nil, every == nil, let comma = words.lastIndex(of: ",") else { return words }
            return words[..<comma] + ", each client's time"
        } catch {
            return cron ?? rrule ?? every?.description ?? "never"
        }
    }
}
