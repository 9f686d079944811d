import Manifest
import Testing

/// Which assets a job works on, as it is written.
struct TargetTests {
    @Test func `a condition that cannot be read is told at its letter`() {
        #expect(
            told(job("targets: {is: server, where: \"ring!=canary, purchased befor 5y\"}")) == [
                "m.yaml:3:55: unknown comparison 'befor'\n  did you mean 'before'?"
            ])
        #expect(
            told(job("targets: {where: [a]}")) == [
                """
                m.yaml:3:18: 'where' must be a selector, not a list
                  write it as a text, in quotes where it holds ': ' or begins with a special character
                """
            ])
        #expect(told(job("targets: {where: \"purchased before 5y\"}")) == [])
    }

    @Test func `a condition on what no asset has, and that looks like a slip, is warned of`() {
        let assets = """
            kind: Client
            name: c
            timezone: UTC
            ---
            kind: Asset
            name: a
            client: c
            is: server
            labels: {ring: canary}
            facts: {purchased: 2021-03-09}
            ---

            """
        let slips = "is=sever, rign!=canary, purchasd before 5y"
        #expect(
            told(assets + job("targets: {where: \"\(slips)\"}")) == [
                "m.yaml:14:18: warning: 'sever' is none of the usual kinds\n  did you mean 'server'?",
                "m.yaml:14:18: warning: no asset of these manifests has a fact 'purchasd'\n  did you mean 'purchased'?",
                "m.yaml:14:18: warning: no asset of these manifests has a label 'rign'\n  did you mean 'ring'?",
            ])
        #expect(told(assets + job("targets: {where: \"is!=pump, ring!=wide, fact.ring=1, size > 3\"}")) == [])
    }
}
