import Logging
import Store

extension SchedulerService {
    /// Makes months ahead and drops old ones, until the task is cancelled. What fails is tried again the next time:
    /// until then what is due is kept all the same.
    func keepMonths() async {
        while !Task.isCancelled {
            do {
                let kept = try await store.keepMonths(ahead: settings.monthsAhead, history: settings.history)
                if kept != KeptMonths() {
                    logger.info(
                        "kept months",
                        metadata: [
                            "made": "\(kept.made.joined(separator: " "))",
                            "dropped": "\(kept.dropped.joined(separator: " "))",
                        ])
                }
            } catch {
                if !Task.isCancelled {
                    logger.warning("months could not be kept", metadata: ["error": "\(error)"])
                }
            }
            await Bell().wait(upTo: settings.monthsEvery, clock: clock)
        }
    }
}
