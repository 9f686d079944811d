import FaultRig
import Testing

/// The checker is checked: it must notice a database that was broken on purpose.
@Suite struct SabotageTests {
    @Test(arguments: Asked.sabotages)
    func `the checker notices`(sabotage: Sabotage) async throws {
        let result = try await Places.all.pass { try await Trial(sabotage, seed: Seeds.all[0]).run() }
        Report.print(sabotage, result)
        for (promise, words) in sabotage.caughtBy {
            let isCaught = result.violations.contains { $0.promise == promise && $0.what.contains(words) }
            #expect(isCaught, "promise \(promise.rawValue): '… \(words) …' is not among \(result.violations)")
        }
    }
}
