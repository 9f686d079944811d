import Logging
import Model
import Store

extension SchedulerService {
    /// Does all that there is to do now.
    /// - Returns: how long there will be nothing, as far as is known.
    func pass() async -> Duration {
        do {
            try await planAll()
            try await endLostLeases()
            guard let next = try await store.nextWake() else { return settings.poll }
            return min(max(next, .zero), settings.poll)
        } catch {
            if Task.isCancelled { return .zero }
            logger.warning("the pass failed and is tried again", metadata: ["error": "\(error)"])
            return settings.retryWait * Double.random(in: 1...2)
        }
    }

    private func planAll() async throws {
        while !Task.isCancelled {
            let pass = try await store.planAssignments(most: settings.batch)
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
            if pass.assignments < settings.batch { return }
        }
    }

    private func endLostLeases() async throws {
        for lost in try await store.endLostLeases(grace: settings.grace) {
            logger.warning(
                "a lease ran out",
                metadata: [
                    "run": "\(lost.run)", "attempt": "\(lost.attempt)", "worker": "\(lost.worker)",
                    "verdict": "\(lost.verdict)",
                ])
        }
    }
}
