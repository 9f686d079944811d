import Model
import Recurrence

extension Requirement: Written {
    enum Fields {
        static let job = Field<Requirement, String>.optional("job", .name, "A job that must have succeeded") {
            if case .succeeded(let job, _) = $0 { job } else { nil }
        }
        static let succeeded = Field<Requirement, Span>.optional(
            "succeeded", .span(from: Span(seconds: 1)),
            "Within the last so long, on the same asset, or on the client where that job works on it as a whole"
        ) { if case .succeeded(_, let within) = $0 { within } else { nil } }
        static let noFinding = Field<Requirement, Finding.Severity>.optional(
            "noFinding", .choice(Finding.Severity.allCases),
            "Nothing as bad as this or worse is open on the target, whichever job has found it"
        ) { if case .noFinding(let severity) = $0 { severity } else { nil } }
        static let file = Field<Requirement, String>.optional(
            "file", .template(most: 4096, lines: false), "This file is there on the worker"
        ) { if case .file(let path) = $0 { path } else { nil } }
        static let exec = Field<Requirement, GuardCommand>.optional(
            "exec", .object, "This command ends with exit code 0 on the worker"
        ) {
            if case .exec(let command, let timeout) = $0 {
                GuardCommand(command: command, timeout: timeout)
            } else {
                nil
            }
        }
    }

    static let table = Table<Requirement>(
        name: "Requirement", about: "What must hold before a run may start",
        fields: [
            AnyField(Fields.job), AnyField(Fields.succeeded), AnyField(Fields.noFinding), AnyField(Fields.file),
            AnyField(Fields.exec),
        ],
        exactlyOne: ["job", "noFinding", "file", "exec"], requires: [("job", "succeeded")],
        onlyWith: [("succeeded", "job")])

    init?(_ object: ObjectReader<Requirement>) {
        let (job, succeeded) = (object[Fields.job], object[Fields.succeeded])
        let severity = object[Fields.noFinding]
        let file = object[Fields.file]
        let exec = object[Fields.exec]
        if let job, let succeeded {
            self = .succeeded(job: job, within: succeeded)
        } else if let severity {
            self = .noFinding(severity)
        } else if let file {
            guard file.hasPrefix("/") || file.hasPrefix("{{") else {
                object.refuse("'file' must be absolute, not \(file.quoted)", hint: "begin it with '/'", at: "file")
                return nil
            }
            self = .file(file)
        } else if let exec {
            self = .exec(command: exec.command, timeout: exec.timeout)
        } else {
            return nil
        }
    }
}

/// A command by which a worker looks whether a run may start.
struct GuardCommand: Equatable, Sendable {
    var command: [String]
    var timeout: Span
}

extension GuardCommand: Written {
    enum Fields {
        static let command = Field<GuardCommand, [String]>.required(
            "command",
            .list(
                .template(most: 32_768, isEmptyAllowed: true), least: 1, most: 256,
                hint: "write the program and its arguments one by one: [test, -e, /tmp/go]"),
            "The program and its arguments, one entry each; no shell reads them"
        ) { $0.command }
        static let timeout = Field<GuardCommand, Span>.standard(
            "timeout", .span(from: Span(seconds: 1), to: Span(seconds: 300)), Span(seconds: 30),
            "After it the command is ended, and the run does not start"
        ) { $0.timeout }
    }

    static let table = Table<GuardCommand>(
        name: "GuardCommand", about: "A command by which a worker looks whether a run may start",
        fields: [AnyField(Fields.command), AnyField(Fields.timeout)])

    init?(_ object: ObjectReader<GuardCommand>) {
        let command = object[Fields.command]
        let timeout = object[Fields.timeout]
        guard let command, let timeout else { return nil }
        guard command.first?.isEmpty == false else {
            object.refuse("'command' names no program", hint: "its first entry is the program", at: "command")
            return nil
        }
        self.init(command: command, timeout: timeout)
    }
}
