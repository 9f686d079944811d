import Actions
import Logging
import Model
import Recurrence
import Store

extension WorkerService {
    /// Does the work of one run, and reports what came of it.
    func perform(_ hand: Hand, worker: Int64) async {
        let outcome = await outcome(of: hand)
        await report(outcome, of: hand, worker: worker)
        hands.remove(hand)
        bell.ring()
    }

    private func outcome(of hand: Hand) async -> Outcome {
        let context = context(of: hand)
        return await withTaskGroup { group in
            group.addTask { () -> Outcome? in
                await Performer().perform(context, in: environment, permit: hand.permit)
            }
            group.addTask {
                await hand.waitForEnd()
                return nil
            }
            var outcome: Outcome?
            for await result in group {
                outcome = outcome ?? result
                group.cancelAll()
            }
            return outcome ?? Outcome(.cancelled)
        }
    }

    private func context(of hand: Hand) -> ActionContext {
        let lease = hand.lease
        return ActionContext(
            run: lease.run, attempt: lease.attempt, number: lease.attempts + lease.losses + 1, job: lease.job.name,
            action: lease.job.action,
            values: TemplateValues(
                run: lease.run, job: lease.job.name, due: lease.due, local: lease.local, client: lease.client,
                asset: lease.asset),
            due: lease.due, startedAt: lease.leasedAt, startBy: hand.startBy)
    }

    private func report(_ outcome: Outcome, of hand: Hand, worker: Int64) async {
        let lease = hand.lease
        var logger = logger
        logger[metadataKey: "run"] = "\(lease.run)"
        logger[metadataKey: "attempt"] = "\(lease.attempt)"
        logger[metadataKey: "job"] = "\(lease.job.name)"
        if hand.whyEnded == .superseded || outcome.ended == .lost {
            logger.warning("the lease was lost; the command was ended and its result is dropped")
            return
        }
        if outcome.ended == .released || (outcome.ended == .cancelled && hand.whyEnded == .stopping) {
            await release(hand, worker: worker, logger: logger)
            return
        }
        let verdict = lease.job.verdict(
            on: outcome.ended, failedBefore: lease.attempts, lossesBefore: lease.losses)
        await finish(hand, outcome, verdict, worker: worker, logger: logger)
    }

    private func release(_ hand: Hand, worker: Int64, logger: Logger) async {
        await untilDatabaseAnswers(hand, logger: logger) {
            _ = try await store.release(worker: worker, attempts: [hand.lease.attempt])
            logger.info("handed back")
        }
    }

    private func finish(_ hand: Hand, _ outcome: Outcome, _ verdict: Verdict, worker: Int64, logger: Logger) async {
        await untilDatabaseAnswers(hand, logger: logger) {
            let result = try await store.finish(
                worker: worker, attempt: hand.lease.attempt, outcome: outcome, verdict: verdict)
            switch result {
            case .recorded:
                logger.info("ended", metadata: ["outcome": "\(outcome.ended)", "verdict": "\(verdict)"])
            case .leaseLost:
                logger.warning("the attempt was superseded; its result is dropped")
            }
        }
    }

    /// Asks again while the database cannot answer: to ask twice for the same attempt is harmless, and not to ask would do
    /// the work twice. Ends when it is answered, or when the worker must stop at once; then the lease runs out.
    private func untilDatabaseAnswers(
        _ hand: Hand, logger: Logger, _ body: @Sendable () async throws -> Void
    ) async {
        while true {
            do {
                return try await body()
            } catch let error where Store.isPassing(error) {
                logger.warning("the result could not be reported yet", metadata: ["error": "\(error)"])
                if hands.isHurried || Task.isCancelled { return }
                await rest()
            } catch {
                logger.error("the result was refused; the lease is left to run out", metadata: ["error": "\(error)"])
                return
            }
        }
    }
}
