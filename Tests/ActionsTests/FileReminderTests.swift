import Glibc
import Model
import Testing

@testable import Actions

@Suite struct FileReminderTests {
    let fixture = Fixture()

    private func remind(_ path: String, _ message: String, asset: Asset? = Fixture.server) async -> Outcome {
        let action = Action.remind(RemindAction(to: .file(path), message: message))
        return await Performer().perform(
            fixture.context(action, asset: asset), in: fixture.environment, permit: Permit(until: .distantFuture))
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try readFile(path, limit: 1 << 20).get(), as: UTF8.self)
    }

    @Test func `a reminder is a line in a file`() async throws {
        let place = "\(fixture.root)/outbox/team/training.log"
        let first = await remind("team/training.log", "{{ client.title }}: training is due")
        #expect(first == Outcome(.succeeded, message: "written to \(place)", delivered: true))
        _ = await remind("team/training.log", "all\r\nof\u{2028}\u{0}you\u{1B}[31m", asset: nil)
        #expect(
            try text(place) == """
                2026-02-15T10:01:01Z patch-servers harbour-dental hd-srv-01: Harbour Dental: training is due
                2026-02-15T10:01:01Z patch-servers harbour-dental: all of you [31m

                """)
    }

    @Test func `lines that are written at once keep apart`() async throws {
        let long = String(repeating: "x", count: 20_000)
        await withTaskGroup(of: Outcome.self) { group in
            for number in 0..<20 { group.addTask { await remind("all.log", "\(number) \(long)", asset: nil) } }
            for await outcome in group { #expect(outcome.delivered) }
        }
        let lines = try text("\(fixture.root)/outbox/all.log").split(separator: "\n")
        let prefix = "2026-02-15T10:01:01Z patch-servers harbour-dental: "
        #expect(Set(lines.map(String.init)) == Set((0..<20).map { "\(prefix)\($0) \(long)" }))
    }

    @Test func `what cannot be written is told`() async throws {
        #expect(await remind("../x", "m").message == "'../x' is no path that a reminder is written to")
        #expect(await remind("", "m").message == "'' is no path that a reminder is written to")
        #expect(await remind(fixture.root, "m").message == "\(fixture.root): is a directory")
        #expect(await remind("/proc/none/x", "m").ended == .failed)
        #expect(await remind("/dev/full", "m").message == "/dev/full: no space left on device")
        #expect(
            await remind("x", "{{ asset.facts.serial }}").message
                == "the message needs '{{ asset.facts.serial }}', which hd-srv-01 does not have")
    }

    @Test func `no link is followed`() async throws {
        try makeDirectories(fixture.environment.outbox)
        symlink("/tmp/elsewhere", "\(fixture.environment.outbox)/link")
        #expect(
            await remind("link", "m").message == "\(fixture.root)/outbox/link: too many levels of symbolic links")
    }

    @Test func `a worker with a list of programs writes into its outbox only`() async throws {
        let fixture = Fixture(allow: [])
        func remind(_ path: String) async -> Outcome {
            let action = Action.remind(RemindAction(to: .file(path), message: "m"))
            return await Performer().perform(
                fixture.context(action), in: fixture.environment, permit: Permit(until: .distantFuture))
        }
        #expect(await remind("\(fixture.root)/outbox/x").delivered)
        #expect(
            await remind("\(fixture.root)/x").message
                == "this worker writes reminders to \(fixture.root)/outbox only (see --allow)")
    }
}
