import ArgumentParser
import Model

/// What ArgumentParser says of words that it does not take, as this program says it.
enum CommandWords {
    /// `rota runs` of `rota runs --clint x`: the words up to the first option or argument, as far as they are commands.
    static func name(of arguments: [String]) -> String {
        var command: any ParsableCommand.Type = Rota.self
        var words = ["rota"]
        for argument in arguments {
            guard let next = subcommands(of: command).first(where: { $0.configuration.commandName == argument }) else {
                break
            }
            words.append(argument)
            command = next
        }
        return words.joined(separator: " ")
    }

    private static func subcommands(of command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        let configuration = command.configuration
        return configuration.subcommands + configuration.groupedSubcommands.flatMap { $0.subcommands }
    }

    /// A first word that is no command at all.
    static func unknownCommand(in arguments: [String]) -> CommandFailure? {
        guard let word = arguments.first, !word.hasPrefix("-"), word != "help", name(of: arguments) == "rota" else {
            return nil
        }
        let known = subcommands(of: Rota.self).compactMap { $0.configuration.commandName }.sorted()
        let near = nearest(word, among: known).map { "did you mean 'rota \($0)'?" }
        return .words("there is no command '\(word)'", mend: near ?? "see 'rota --help'")
    }

    /// The command that a call's words are.
    ///
    /// `--limit -1` is read as `--limit=-1`: the parser takes what begins with a hyphen for another option, and would only
    /// say that the value is missing.
    static func command(of arguments: [String]) async throws -> any ParsableCommand {
        do {
            return try await Rota.asyncParseAsRoot(arguments)
        } catch {
            let joined = joiningNegatives(arguments)
            guard joined != arguments, Rota.message(for: error).hasPrefix("Missing value for ") else { throw error }
            return try await Rota.asyncParseAsRoot(joined)
        }
    }

    private static func joiningNegatives(_ arguments: [String]) -> [String] {
        var joined: [String] = []
        for argument in arguments {
            let isNegative = argument.hasPrefix("-") && argument.dropFirst().first.map { "0"..."9" ~= $0 } ?? false
            if isNegative, let option = joined.last, option.hasPrefix("--"), option.count > 2, !option.contains("=") {
                joined[joined.count - 1] = "\(option)=\(argument)"
            } else {
                joined.append(argument)
            }
        }
        return joined
    }

    static func failure(from error: any Error) -> CommandFailure {
        let full = Rota.fullMessage(for: error).split(separator: "\n").map(String.init)
        var message = Rota.message(for: error).split(separator: "\n").joined(separator: " ")
        var mend = full.last { $0.hasPrefix("  See '") }.map(help) ?? ""
        if let suggestion = message.firstRange(of: ". Did you mean ") {
            mend = "did you mean \(message[suggestion.upperBound...]) \(mend)"
            message = String(message[..<suggestion.lowerBound])
        }
        if let form = form(in: message) { mend = "\(form); \(mend)" }
        return .words(lowered(message), mend: mend.isEmpty ? nil : mend)
    }

    /// How a value is written that could not be read.
    private static func form(in message: String) -> String? {
        guard message.contains("' is invalid for '") else { return nil }
        if message.hasSuffix(" <moment>'") { return "write it like 2026-02-15T10:00:00Z, or as a span such as 2d" }
        if message.hasSuffix(" <span>'") { return "write it like 45s, 30m, 3h, 1h30m, 5d or 2w" }
        return nil
    }

    /// "See 'rota runs --help' for more information." is what to do, in fewer words.
    private static func help(_ line: String) -> String {
        let quoted = line.split(separator: "'", omittingEmptySubsequences: false)
        return quoted.count >= 2 ? "see '\(quoted[1])'" : ""
    }

    private static func lowered(_ sentence: String) -> String {
        guard let first = sentence.first, sentence.dropFirst().first.map({ $0.isLowercase }) ?? false else {
            return sentence
        }
        return first.lowercased() + sentence.dropFirst()
    }
}
