import Recurrence
import Store

/// Lets time pass that belongs to what is tested: how long a fault lasts, or what is between two looks.
func pause(_ time: Duration) async {
    await Bell().wait(upTo: time, clock: ContinuousClock())
}

/// Looks again and again until the answer is yes.
/// - Returns: whether it came in time.
func become(within limit: Duration, _ isSo: () async throws -> Bool) async throws -> Bool {
    let begin = WallClock.read()
    while true {
        if try await isSo() { return true }
        if WallClock.read() - begin > limit { return false }
        await pause(.milliseconds(100))
    }
}
