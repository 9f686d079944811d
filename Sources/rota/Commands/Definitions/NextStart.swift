import Model
import Recurrence
import Reports

/// A start of a job that is to come.
struct NextStart {
    var client: String
    var occurrence: Occurrence
    /// When it can start: when it is due, or when its window next opens; nil where it opens no more.
    var startsAt: Instant?

    var json: JSONValue {
        [
            "client": .text(client), "due": JSONValue(occurrence.at), "local": .text(occurrence.local.description),
            "zone": .text(occurrence.zone.name), "startsAt": JSONValue(startsAt),
        ]
    }

    /// `Sun 2026-02-15 02:00 America/Vancouver, harbour-dental`
    var inWords: String {
        let zone = occurrence.zone
        let due = "\(LocalText.day(occurrence.local)) \(zone.name), \(client)"
        guard let startsAt else { return "\(due): its window opens no more" }
        guard startsAt != occurrence.at else { return due }
        return "\(LocalText.day(zone.local(startsAt))) \(zone.name), \(client) (due \(LocalText.day(occurrence.local)))"
    }

    /// The first starts of a job over all its clients.
    ///
    /// - Throws: what its schedule or window throws.
    static func first(_ count: Int, of job: Job, in catalogue: Catalogue, after now: Instant) throws -> [NextStart] {
        var starts: [NextStart] = []
        for client in catalogue.clients(of: job) {
            let schedule = try job.schedule.schedule(for: client, calendars: catalogue.calendars)
            let window = try job.window.flatMap { catalogue.windows[$0] }?
                .window(for: client, calendars: catalogue.calendars)
            for occurrence in schedule.occurrences(after: now).prefix(count) {
                let chance = try window?.nextStart(after: occurrence.at, lasting: job.action.longest)
                starts.append(
                    NextStart(
                        client: client.name, occurrence: occurrence,
                        startsAt: window == nil ? occurrence.at : chance?.start))
            }
        }
        starts.sort { ($0.occurrence.at, $0.client) < ($1.occurrence.at, $1.client) }
        return Array(starts.prefix(count))
    }
}
