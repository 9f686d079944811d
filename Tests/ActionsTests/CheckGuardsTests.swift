import Glibc
import Model
import Recurrence
import Testing

@testable import Actions

/// What a worker looks at just before an action.
@Suite struct CheckGuardsTests {
    private static func perform(_ requires: [Requirement], in fixture: Fixture) async -> Outcome {
        var context = fixture.context(.exec(Fixture.script("echo went > \"$1\"", [fixture.root + "/went"])))
        context.requires = requires
        return await Performer().perform(context, in: fixture.environment, permit: Permit(until: .distantFuture))
    }

    private static func command(_ script: String) -> Requirement {
        .exec(command: ["sh", "-c", script], timeout: Span(seconds: 60))
    }

    @Test func `where all holds the action goes`() async {
        let fixture = Fixture()
        let outcome = await Self.perform([.file("/"), Self.command("exit 0"), .noFinding(.info)], in: fixture)
        #expect(outcome.ended == .succeeded && !outcome.isPutOff)
        #expect(access(fixture.root + "/went", F_OK) == 0)
    }

    @Test func `without the file nothing is started, and the run is put off`() async {
        let fixture = Fixture()
        let outcome = await Self.perform([.file("/nowhere/{{ asset.name }}")], in: fixture)
        #expect(outcome.ended == .released && outcome.isPutOff)
        #expect(outcome.message == "file /nowhere/hd-srv-01 is not there on the worker")
        #expect(access(fixture.root + "/went", F_OK) != 0)
    }

    @Test func `a command that does not agree puts it off, and says how it ended`() async {
        let outcome = await Self.perform([Self.command("exit 3")], in: Fixture())
        #expect(outcome.ended == .released && outcome.isPutOff)
        #expect(outcome.message == "sh, which it requires, does not agree: it ended with exit code 3")
    }

    @Test func `a command that cannot be started is a failure: waiting would not mend it`() async {
        let outcome = await Self.perform(
            [.exec(command: ["/nowhere/ready"], timeout: Span(seconds: 1))], in: Fixture())
        #expect(outcome.ended == .failed && !outcome.isPutOff)
    }
}
