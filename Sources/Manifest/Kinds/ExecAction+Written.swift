import Model
import Recurrence

extension ExecAction: Written {
    enum Fields {
        static let command = Field<ExecAction, [String]>.required(
            "command",
            .list(
                .template(most: 32_768, isEmptyAllowed: true), least: 1, most: 256,
                hint: "write the program and its arguments one by one: [ls, -l, /tmp]"),
            "The program and its arguments, one entry each; no shell reads them"
        ) { $0.command }
        static let timeout = Field<ExecAction, Span>.required(
            "timeout", .span(from: Span(seconds: 1), to: Span(days: 7)), "After it the command is ended"
        ) { $0.timeout }
        static let directory = Field<ExecAction, String>.optional(
            "directory", .template(most: 4096, lines: false), "Where it runs; left out: an empty one of the run's own"
        ) { $0.directory }
        static let environment = Field<ExecAction, [String: ExecAction.Value]>.standard(
            "environment",
            .map(
                .variable, most: 256, keyPattern: "^[A-Za-z_][A-Za-z0-9_]*$", isKey: Names.isVariable,
                keyHint: "use letters, digits and '_', and no digit at the beginning"),
            [:], "Variables, with a text or {secret: name} each"
        ) { $0.environment }
        static let input = Field<ExecAction, String>.optional(
            "input", .template(most: 65_536), "What the command reads on its standard input"
        ) { $0.input }
        static let okExitCodes = Field<ExecAction, [Int]>.standard(
            "okExitCodes", .list(.integer(0...255, suchAs: 0), least: 1, most: 256), [0],
            "Exit codes that are a success"
        ) { $0.okExitCodes }
        static let offlineExitCodes = Field<ExecAction, [Int]>.optional(
            "offlineExitCodes", .list(.integer(1...255, suchAs: 69), least: 1, most: 256),
            "Exit codes that say that the target was not there, for 'whenOffline'; left out: 69"
        ) { $0.offlineExitCodes }
    }

    static let table = Table<ExecAction>(
        name: "Exec", about: "Runs a command, without a shell",
        fields: [
            AnyField(Fields.command), AnyField(Fields.timeout), AnyField(Fields.directory),
            AnyField(Fields.environment), AnyField(Fields.input), AnyField(Fields.okExitCodes),
            AnyField(Fields.offlineExitCodes),
        ],
        notYet: ["user"])

    init?(_ object: ObjectReader<ExecAction>) {
        let command = object[Fields.command]
        let timeout = object[Fields.timeout]
        let directory = object[Fields.directory]
        let environment = object[Fields.environment]
        let input = object[Fields.input]
        let okExitCodes = object[Fields.okExitCodes]
        let offlineExitCodes = object[Fields.offlineExitCodes]
        guard let command, let timeout, let environment, let okExitCodes else { return nil }
        guard command.first?.isEmpty == false else {
            object.refuse("'command' names no program", hint: "its first entry is the program", at: "command")
            return nil
        }
        if let directory, !directory.hasPrefix("/"), !directory.hasPrefix("{{") {
            object.refuse(
                "'directory' must be absolute, not \(directory.quoted)", hint: "begin it with '/'", at: "directory")
            return nil
        }
        if let both = offlineExitCodes?.first(where: okExitCodes.contains) {
            object.refuse(
                "exit code \(both) is a success already", hint: "take it out of one of the two",
                at: "offlineExitCodes")
            return nil
        }
        self.init(
            command: command, timeout: timeout, directory: directory, environment: environment, input: input,
            okExitCodes: okExitCodes, offlineExitCodes: offlineExitCodes)
    }
}

/// The name of a secret that the worker resolves.
private struct SecretName: Equatable, Sendable {
    var name: String
}

extension SecretName: Written {
    static let secret = Field<SecretName, String>.required(
        "secret", .secretName, "The name of a secret that the worker resolves"
    ) { $0.name }

    static let table = Table<SecretName>(name: "Secret", about: "A secret by its name", fields: [AnyField(secret)])

    init?(_ object: ObjectReader<SecretName>) {
        guard let name = object[Self.secret] else { return nil }
        self.init(name: name)
    }
}

extension Shape where Value == String {
    /// It becomes the name of a file on the worker, so it has no `/` and does not begin with a `.`.
    fileprivate static let secretName = scalar(
        "the name of a secret", hint: "use letters, digits and '.', '_', '-' inside, at most 63 in all",
        schema: .object(["type": .text("string"), "pattern": .text("^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")]),
        parse: { Names.isKey($0) && !$0.contains("/") ? $0 : nil }, show: { $0 })
}

extension Shape where Value == ExecAction.Value {
    /// A text, or `{secret: name}`.
    fileprivate static let variable: Shape = {
        let text = Shape<String>.template(most: 32_768, isEmptyAllowed: true)
        let secret = Shape<SecretName>.object
        return Shape(
            expected: "a text or {secret: name}",
            schema: .object(["anyOf": .list([text.schema, SecretName.table.schema])]),
            read: { cursor in
                if case .map = cursor.node.content { return secret.read(cursor).map { .secret($0.name) } }
                return text.read(cursor).map { .text($0) }
            },
            writeParts: { value, isFull in
                switch value {
                case .text(let content): text.write(content, isFull)
                case .secret(let name): secret.write(SecretName(name: name), isFull)
                }
            })
    }()
}
