import Manifest
import Model
import Recurrence
import Store

/// Manifests in files, as commands use them: every problem is told on standard error before a command ends for it.
enum ManifestFiles {
    /// Reads manifests that stand for themselves: what they name must be among them.
    ///
    /// - Throws: `ExitStatus.failed` after every problem was told.
    static func read(_ paths: [String]) throws -> ReadResult {
        let read = ManifestReader.read(paths: paths)
        try tell(read.allProblems(now: WallClock.now()))
        return read
    }

    /// Applies manifests; what they name may also be in the database, unless it is pruned.
    ///
    /// - Throws: `ExitStatus.failed` after every problem or refusal was told; nothing was applied then.
    static func apply(
        _ read: ReadResult, to store: Store, prune: Bool, dryRun: Bool, actor: String
    ) async throws -> ApplyResult {
        let known = prune ? Catalogue() : try await store.catalogue(assets: false)
        try tell(read.allProblems(known: known, now: try await store.now()))
        do {
            return try await store.apply(
                documents: read.definitions, prune: prune, dryRun: dryRun, actor: actor)
        } catch let refused as ApplyRefused {
            for reason in refused.reasons { StandardError.line(line(reason, read.documents)) }
            throw ExitStatus.failed
        }
    }

    /// Tells all problems, and ends the command if they are more than warnings.
    private static func tell(_ problems: [Problem]) throws {
        for problem in problems { StandardError.line(problem.description) }
        guard problems.hasErrors else { return }
        let errors = problems.count { $0.severity == .error }
        StandardError.line("\(Words.count(errors, "problem")); nothing was done")
        throw ExitStatus.failed
    }

    /// With the place of the document that it is about, where that is one of those given.
    private static func line(_ reason: ApplyRefused.Reason, _ documents: [Document]) -> String {
        let document = documents.first { document in
            "\(document.definition.kind.rawValue.lowercased())/\(document.definition.name)" == reason.subject
        }
        let place = document.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
        let hint = reason.hint.map { "\n  \(PlainText.line($0))" } ?? ""
        return PlainText.line("\(place)\(reason.subject): \(reason.message)") + hint
    }
}
