import ArgumentParser
import Postgres
import Schema

/// Runs a call from its words to its exit code, and tells on standard error why it failed.
enum CommandEnd {
    static func of(arguments: [String]) async -> ExitStatus {
        if let unknown = CommandWords.unknownCommand(in: arguments) { return tell(unknown, command: "rota") }
        do {
            var command = try await CommandWords.command(of: arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return .done
        } catch {
            return of(error, command: CommandWords.name(of: arguments))
        }
    }

    private static func of(_ error: any Error, command: String) -> ExitStatus {
        switch error {
        case let status as ExitStatus: return status
        case is StandardOutput.Closed: return .done
        default: break
        }
        guard Rota.exitCode(for: error) != .success else { return show(Rota.fullMessage(for: error)) }
        return tell(failure(from: error), command: command)
    }

    private static func tell(_ failure: CommandFailure, command: String) -> ExitStatus {
        for line in failure.lines(command: command) { StandardError.line(line) }
        return failure.status
    }

    /// Help, the version, a completion script: asked for, so it is the answer.
    private static func show(_ text: String) -> ExitStatus {
        do {
            try StandardOutput.line(text)
            return .done
        } catch {
            return error is StandardOutput.Closed ? .done : .failed
        }
    }

    static func failure(from error: any Error) -> CommandFailure {
        switch error {
        case let failure as CommandFailure: return failure
        case let error as SchemaError: return CommandFailure(error)
        case let error as PostgresError: return CommandFailure(error)
        case is CancellationError: return CommandFailure("it was interrupted")
        default: break
        }
        guard Rota.exitCode(for: error) == .validationFailure else { return CommandFailure("\(error)") }
        return CommandWords.failure(from: error)
    }
}
