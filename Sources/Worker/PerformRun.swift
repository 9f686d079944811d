import Actions
import Logging
import Model
import Recurrence
import Store

extension WorkerService {
    /// Does the work of one run, and then of those that wait for a slot, as long as there are any.
    func perform(_ first: Hand) async {
        var next: Hand? = first
        while let hand = next {
            let began = BootTime.reading()
            let outcome = await hand.work {
                // The answer that gave the lease may have come so late that somebody else has the run.
                if hand.permit.until <= began { return Outcome(.released) }
                return await performer.perform(context(of: hand), in: environment, permit: hand.permit)
            }
            pace.note(BootTime.reading() - began, of: hand.lease.lane)
            // What cancelled this work would end the next in the same task.
            next = hands.end(EndedHand(hand: hand, end: end(of: hand, outcome)), takingNext: !Task.isCancelled)
            bell.ring()
            if next == nil && !hands.areBusy { idle.ring() }
        }
    }

    private func context(of hand: Hand) -> ActionContext {
        let lease = hand.lease
        let order = lease.order
        return ActionContext(
            run: lease.run, attempt: lease.attempt, number: lease.attempts + lease.losses + 1, job: order.job.name,
            action: order.job.action,
            values: TemplateValues(
                run: lease.run, job: order.job.name, due: lease.due, local: lease.local, client: order.client,
                asset: lease.asset),
            due: lease.due, startedAt: lease.leasedAt, startBy: hand.startBy,
            requires: order.job.requires ?? [])
    }

    /// What the database is to be told of the work's end; `outcome` is nil where it was not begun.
    private func end(of hand: Hand, _ outcome: Outcome?) -> Conclusion? {
        let lease = hand.lease
        let ending = hand.whyEnded
        if ending == .superseded || outcome?.ended == .lost {
            logger(of: hand).warning("the lease was lost; the command was ended and its result is dropped")
            return nil
        }
        guard let outcome = outcome ?? (ending == .cancelled ? Outcome(.cancelled) : nil) else { return .released }
        if outcome.ended == .cancelled && ending != .cancelled {
            guard !lease.order.job.isRepeatable else { return .released }
            // It was begun, and how far it came nobody knows.
            let lost = Outcome(.lost, message: "its worker had to stop while it was going", output: outcome.output)
            return .finished(lost, .hold)
        }
        return lease.order.job.conclusion(
            of: outcome, failedBefore: lease.attempts, lossesBefore: lease.losses,
            untilLastStart: lease.startWithin == nil ? nil : hand.startBy - BootTime.reading())
    }

    func logger(of hand: Hand) -> Logger {
        var logger = logger
        logger[metadataKey: "run"] = "\(hand.lease.run)"
        logger[metadataKey: "attempt"] = "\(hand.lease.attempt)"
        logger[metadataKey: "job"] = "\(hand.lease.order.job.name)"
        return logger
    }
}
