import FoundationEssentials
import Glibc
import Model
import Recurrence

@testable import Actions

/// A worker's directories of its own, removed at the end, and attempts to perform there.
final class Fixture: Sendable {
    let root: String
    let environment: ActionEnvironment

    init(secrets: [String: String] = [:], allow: [String]? = nil, grace: Duration = .seconds(5)) {
        var template = Array("/tmp/rota-actions-XXXXXX".utf8CString)
        root = mkdtemp(&template).map { String(cString: $0) } ?? "/nonexistent"
        environment = ActionEnvironment(
            workRoot: "\(root)/work", outbox: "\(root)/outbox",
            secrets: SecretSource(
                environment: Dictionary(
                    uniqueKeysWithValues: secrets.map {
                        ("ROTA_SECRET_" + $0.key.uppercased().replacing("-", with: "_"), $0.value)
                    })),
            allow: allow, grace: grace)
    }

    deinit {
        do { try removeTree(root) } catch { print("left behind: \(error)") }
    }

    func context(_ action: Action, asset: Asset? = server, attempt: Int64 = 7) -> ActionContext {
        let client = Client(name: "harbour-dental", title: "Harbour Dental", timezone: "America/Vancouver")
        let due = Instant(seconds: 1_771_149_600)
        let values = TemplateValues(
            run: 4711, job: "patch-servers", due: due, local: LocalTime("2026-02-15T02:00")!, client: client,
            asset: asset)
        return ActionContext(
            run: 4711, attempt: attempt, number: 1, job: "patch-servers", action: action, values: values, due: due,
            startedAt: due + .seconds(61))
    }

    /// Runs a command to its end.
    func run(_ exec: ExecAction, asset: Asset? = server, permit: Permit = Permit(until: .distantFuture)) async
        -> Outcome
    {
        await Performer().perform(context(.exec(exec), asset: asset), in: environment, permit: permit)
    }

    /// Runs a script of the shell, to which `arguments` are given as `$1` and so on.
    func shell(_ script: String, _ arguments: String..., timeout: Int64 = 60) async -> Outcome {
        await run(Self.script(script, arguments, timeout: timeout))
    }

    static func script(_ script: String, _ arguments: [String] = [], timeout: Int64 = 60) -> ExecAction {
        ExecAction(command: ["sh", "-c", script, "script"] + arguments, timeout: Span(seconds: timeout))
    }

    static let server = Asset(
        name: "hd-srv-01", client: "harbour-dental", kind: "server", labels: ["os": "linux"],
        facts: ["model": "a b\n$(touch /tmp/x); 'q' \"d\" *"])
}

extension CapturedOutput {
    var text: String { String(decoding: head + tail, as: UTF8.self) }
}

extension Outcome {
    var text: String { output?.text ?? "" }
}

/// A named pipe: a test's way to hear from a command, and to hear that all who hold it are gone.
struct Fifo: Sendable {
    let path: String

    init(in fixture: Fixture, _ name: String = "fifo") {
        path = "\(fixture.root)/\(name)"
        mkfifo(path, 0o600)
    }

    /// Opens it for reading at once, so that no writer waits.
    func open() -> FifoReader { FifoReader(Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)) }
}

final class FifoReader: Sendable {
    private let number: CInt

    init(_ number: CInt) { self.number = number }

    deinit { close(number) }

    /// The next line, without its end; nil once every writer is gone.
    func line() async throws -> String? {
        try await onThread { [number] in
            var line: [UInt8] = []
            var byte: UInt8 = 0
            while true {
                var event = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
                // Before its first writer a pipe is silent, not ended.
                guard poll(&event, 1, 300_000) > 0 else { return "nobody has written for five minutes" }
                let count = read(number, &byte, 1)
                if count == 0 { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
                if count < 0 { continue }
                if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
                line.append(byte)
            }
        }
    }
}
