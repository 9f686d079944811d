import Actions
import ArgumentParser
import Recurrence
import Store
import Worker

/// What a worker takes, each also as a `ROTA_…` variable.
struct WorkerOptions: ParsableArguments {
    @Option(
        name: .customLong("queue"),
        help: "A queue it takes work from; may be given several times. 'default' unless it is said.")
    var queues: [String] = []

    @Option(
        name: .customLong("client"),
        help: "A client for whom it works; may be given several times. All unless it is said.")
    var clients: [String] = []

    @Option(help: "How it is called; the host's name unless it is said.")
    var name: String?

    @Option(help: "How many runs it has in hand at most (default: 8).")
    var slots: Int?

    @Option(help: "How many of its slots no reactive run may take (default: 6, or less where there are fewer slots).")
    var reserve: Int?

    @Option(
        name: .customLong("path"),
        help: "A directory in which commands are looked for first; may be given several times.")
    var path: [String] = []

    @Option(name: .customLong("work-dir"), help: "Where each run gets an empty directory of its own.")
    var workDirectory: String?

    @Option(help: "Where reminders to files with a relative path go.")
    var outbox: String?

    @Option(name: .customLong("secrets-dir"), help: "A directory with a file for each secret.")
    var secretsDirectory: String?

    @Option(help: "A program that may be run at all; may be given several times. Any unless it is said.")
    var allow: [String] = []

    @Option(help: ArgumentHelp("After so long without a renewal its leases run out (default: 30s).", valueName: "span"))
    var lease: Span?

    @Option(
        help: ArgumentHelp(
            "How long what is going may take to end after SIGTERM (default: 60s).", valueName: "span"))
    var drain: Span?

    /// - Throws: `CommandFailure` with exit code 2 for values out of bounds.
    func settings() throws -> WorkerSettings {
        let slots = try slots ?? Environment.argument("ROTA_SLOTS") ?? 8
        let reserve = try reserve ?? Environment.argument("ROTA_RESERVE") ?? min(6, slots - 1)
        guard (1...1000).contains(slots) else {
            throw CommandFailure.words("a worker has 1 to 1000 slots, not \(slots)", mend: "give another --slots")
        }
        guard (0...slots).contains(reserve) else {
            throw CommandFailure.words(
                "of \(slots) slots, 0 to \(slots) may be reserved, not \(reserve)", mend: "give another --reserve")
        }
        let lease = try lease ?? Environment.argument("ROTA_LEASE") ?? Span(seconds: 30)
        guard lease.elapsed >= .seconds(1), lease.elapsed <= .seconds(3600) else {
            throw CommandFailure.words("a lease lasts 1s to 1h, not \(lease)", mend: "give another --lease")
        }
        let name = name ?? Environment.value("ROTA_NAME") ?? HostName.own
        guard !name.isEmpty else { throw CommandFailure.words("a worker needs a name", mend: "give another --name") }
        let profile = WorkerProfile(
            name: name, instance: Working.instance(of: name), host: HostName.own,
            queues: try Self.names("queue", Self.several(queues, "ROTA_QUEUE") ?? ["default"]),
            clients: try Self.several(clients, "ROTA_CLIENT").map { try Self.names("client", $0) }, slots: slots,
            reserve: reserve)
        return WorkerSettings(
            profile: profile, leaseLength: lease.elapsed, renewEvery: min(lease.elapsed / 3, .seconds(10)),
            permitLength: lease.elapsed * 2 / 3,
            drain: try (drain ?? Environment.argument("ROTA_DRAIN") ?? Span(seconds: 60)).elapsed)
    }

    /// - Parameter state: where what is not told otherwise is kept.
    func environment(state: String = StateDirectory.own) throws -> ActionEnvironment {
        let path = Self.several(path, "ROTA_PATH") ?? []
        let secrets = [
            Environment.value("CREDENTIALS_DIRECTORY"), secretsDirectory ?? Environment.value("ROTA_SECRETS_DIR"),
        ]
        return ActionEnvironment(
            searchPath: try path.map(Files.absolute) + ActionEnvironment.systemPath,
            workRoot: try Files.absolute(workDirectory ?? Environment.value("ROTA_WORK_DIR") ?? state + "/work"),
            outbox: try Files.absolute(outbox ?? Environment.value("ROTA_OUTBOX") ?? state + "/outbox"),
            secrets: SecretSource(
                directories: try secrets.compactMap { $0 }.map(Files.absolute), environment: Environment.all),
            allow: Self.several(allow, "ROTA_ALLOW"))
    }

    /// - Throws: where one is no name: nothing is ever called so, and the worker would wait for ever.
    private static func names(_ kind: String, _ names: [String]) throws -> [String] {
        for name in names { try WrittenName.check(kind, name) }
        return names
    }

    private static func several(_ given: [String], _ variable: String) -> [String]? {
        given.isEmpty ? Environment.list(variable) : given
    }
}
