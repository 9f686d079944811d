import FaultRig
import Testing

@Suite struct FaultTests {
    @Test(arguments: Asked.faults)
    func `no promise is broken by`(fault: Fault) async throws {
        if let reason = try fault.whyNot() {
            print("fault \(fault.rawValue) is left out: \(reason)")
            return
        }
        for seed in Seeds.all {
            let result = try await Places.all.pass { try await Trial(fault, seed: seed).run() }
            Report.print(fault, seed, result)
            #expect(result.violations.isEmpty, "ROTA_SEED=\(seed)")
            #expect(result.isLanded, "the fault did not land: \(result.counts)")
        }
    }
}
