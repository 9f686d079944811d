import ArgumentParser
import Model
import Recurrence
import Store

/// Until when something holds, as people write it: a date, an instant, or a span counted from now.
enum WaiverEnd: Hashable, Sendable, ExpressibleByArgument {
    case date(CivilDate)
    case moment(Moment)

    init?(argument: String) {
        if let date = CivilDate(argument) {
            self = .date(date)
        } else if let moment = Moment(argument: argument) {
            self = .moment(moment)
        } else {
            return nil
        }
    }

    /// A date is its beginning in the client's zone.
    ///
    /// - Throws: `CommandFailure` for what has passed.
    func instant(at client: String, in store: Store) async throws -> Instant {
        let now = try await store.now()
        let end: Instant
        switch self {
        case .moment(let moment): end = moment.after(now)
        case .date(let date):
            let zone = try await store.clients(named: client).first?.client.timezone ?? "UTC"
            end = try Zone.named(zone).startOfDay(date)
        }
        if end <= now { throw CommandFailure.words("--until \(end) has passed", mend: "it is \(now)") }
        return end
    }
}
