import Logging
import Model
import Store

extension SchedulerService {
    /// What is done now and then beside planning, by the pass that gets its work done: so its trace in the database tells
    /// that work is done, and not only that a process is there.
    func keepUp() async throws {
        if presence.isDue() { try await notePresence() }
        if parkedLook.isDue() { try await store.unparkWhereRoom() }
        if limitsLook.isDue() { _ = try await store.removeSpentLimits() }
        if snapshotLook.isDue() { try await warnOfOldSnapshots() }
    }

    func notePresence() async throws { try await store.note(profile) }

    /// Says who holds an old snapshot: the dead rows of every table that changes much pile up as long as it is held.
    private func warnOfOldSnapshots() async throws {
        let holders = try await store.snapshotHolders()
        let now = try await store.now()
        let old = alarm.tell(holders, now: now, limit: settings.oldSnapshot)
        for holder in old {
            logger.warning(
                "an old snapshot keeps dead rows from being removed",
                metadata: [
                    "holder": "\(holder.inWords)", "since": "\(holder.since.map { "\($0)" } ?? "unknown")",
                    "transactions": "\(holder.transactions)", "mend": "\(holder.mend)",
                ])
        }
    }

    /// Ends sessions whose client stands still in the middle of a pipeline: what they have locked others wait for.
    func endHalfSent() async throws {
        for session in try await halfSent.look(store) {
            logger.warning(
                "a session that was sent half a pipeline was ended",
                metadata: ["process": "\(session.process)", "since": "\(session.since)"])
        }
    }

    /// Notes that it has gone; where the database does not hear it, its trace grows old by itself.
    func sayGoodbye() async {
        do {
            try await store.end(profile)
        } catch {
            logger.warning("the database did not hear that the scheduler ended", metadata: ["error": "\(error)"])
        }
    }

    private var profile: SchedulerProfile {
        SchedulerProfile(
            name: settings.name, instance: settings.instance, host: settings.host, history: settings.history)
    }
}
