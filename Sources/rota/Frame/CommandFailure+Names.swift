import Model
import Recurrence
import Store

extension CommandFailure {
    /// There is nothing of a name that the call gives.
    static func unknown(_ name: UnknownName) -> CommandFailure {
        unknown(name.kind.rawValue, name.name, known: name.known)
    }

    static func unknown(_ kind: String, _ name: String, known: [String]) -> CommandFailure {
        let mend = nearest(name, among: known).map { "did you mean '\($0)'?" } ?? "see 'rota get \(kind)s'"
        return CommandFailure("there is no \(kind) '\(name)'", mend: mend)
    }

    /// What is wrong with a selector, and at which of its characters.
    static func selector(_ text: String, _ error: RuleError) -> CommandFailure {
        let column = error.offset.map { "column \(String(decoding: text.utf8.prefix($0), as: UTF8.self).count + 1): " }
        return .words("\(column ?? "")\(error.message)", mend: error.hint)
    }

    static func unknown(run: RunNumber) -> CommandFailure {
        CommandFailure("there is no run \(run.number)", mend: "see 'rota runs' and 'rota history'")
    }
}

extension Store {
    /// - Throws: `CommandFailure` where the filter names something that is not there.
    func requireNames(of filter: RunFilter) async throws {
        if let unknown = try await unknownName(in: filter) { throw CommandFailure.unknown(unknown) }
    }

    /// The failure of a call that names a job which is not there.
    func unknownJob(_ name: String) async throws -> CommandFailure {
        .unknown("job", name, known: try await names(of: .job))
    }
}
