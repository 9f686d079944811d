import Logging
import Model
import Store

extension SchedulerService {
    /// Does all that there is to do now.
    /// - Returns: how long there will be nothing, as far as is known.
    func pass() async -> Duration {
        do {
            // First, as what such a session has locked may keep all else from being done.
            if halfSentLook.isDue() { try await endHalfSent() }
            let planned = try await planAll()
            try await endLostLeases()
            try await keepUp()
            guard let next = try await store.nextWake() else { return settings.poll }
            if next > .zero { return min(next, settings.poll) }
            // What is due, and was not to be had, is in another scheduler's hands.
            return planned > 0 ? .zero : settings.turnWait
        } catch {
            if Task.isCancelled { return .zero }
            logger.warning("the pass failed and is tried again", metadata: ["error": "\(error)"])
            return settings.retryWait * Double.random(in: 1...2)
        }
    }

    /// - Returns: how many assignments were looked at.
    private func planAll() async throws -> Int {
        var planned = 0
        while !Task.isCancelled {
            let pass = try await store.planAssignments(most: settings.batch)
            planned += pass.assignments
            // A pass that has much to do is no less alive.
            if presence.isDue() { try await notePresence() }
            for trouble in pass.troubles {
                logger.error(
                    "an assignment cannot be planned",
                    metadata: [
                        "job": "\(trouble.job)", "client": "\(trouble.client)", "error": "\(trouble.message)",
                    ])
            }
            if pass.occurrences + pass.moves > 0 {
                logger.debug(
                    "planned",
                    metadata: [
                        "assignments": "\(pass.assignments)", "occurrences": "\(pass.occurrences)",
                        "moves": "\(pass.moves)",
                    ])
            }
            if pass.assignments < settings.batch { break }
            // Runs whose worker is lost do not wait until all that is due is planned.
            try await endLostLeases()
        }
        return planned
    }

    private func endLostLeases() async throws {
        for lost in try await store.endLostLeases(grace: settings.grace, floor: floor) {
            logger.warning(
                "a lease ran out",
                metadata: [
                    "run": "\(lost.run)", "attempt": "\(lost.attempt)", "worker": "\(lost.worker)",
                    "verdict": "\(lost.verdict)",
                ])
        }
    }
}
