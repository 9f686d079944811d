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
}
