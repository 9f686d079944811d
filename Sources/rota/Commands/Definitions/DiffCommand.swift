import ArgumentParser
import Manifest
import Model
import Recurrence
import Store

/// What applying would change.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "What apply would change, and each changed job's next three starts.",
        discussion: "Exit code 3 where there are differences.")

    @Argument(help: ArgumentHelp("Manifests, or folders of them.", valueName: "path"))
    var paths: [String]
    @Flag(help: "Also what apply --prune would remove.")
    var prune = false
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let read = ManifestReader.read(paths: paths)
        let prune = prune
        let (result, next) = try await database.withStore { store in
            let result = try await ManifestFiles.apply(read, to: store, prune: prune, dryRun: true, actor: "rota diff")
            return (result, try await Self.next(result, store))
        }
        if output.isForPeople {
            try StandardOutput.write(Self.text(result, next, on: .output))
        } else {
            try output.show(AppliedChanges.json(result, next: next))
        }
        if !result.isUnchanged { throw ExitStatus.no }
    }

    /// The next three starts of each job that would be there, by name.
    private static func next(_ result: ApplyResult, _ store: Store) async throws -> [String: [NextStart]] {
        var catalogue = try await store.catalogue(assets: false)
        let now = try await store.now()
        for definition in result.objects.compactMap(\.after) { catalogue.insert(definition) }
        // A removed client has no starts; other kinds that go cannot be used by what stays.
        for object in result.objects where object.kind == .client && object.after == nil {
            catalogue.clients[object.name] = nil
        }
        var next: [String: [NextStart]] = [:]
        for object in result.objects where object.change != .unchanged {
            guard case .job(let job) = object.after else { continue }
            next[job.name] = try NextStart.first(3, of: job, in: catalogue, after: now)
        }
        return next
    }

    static func text(_ result: ApplyResult, _ next: [String: [NextStart]], on terminal: Terminal) -> String {
        guard !result.isUnchanged else { return "No differences.\n" }
        var text = ""
        for object in result.objects where object.change != .unchanged {
            let (mark, style) = mark(object.change)
            let revision = object.revision.map { " (revision \($0))" } ?? ""
            text += style.paint("\(mark) \(AppliedChanges.name(object))", on: terminal) + revision + "\n"
            for line in AppliedChanges.manifest(object) + AppliedChanges.fields(object) {
                text += "    \(PlainText.line(line))\n"
            }
            if let words = AppliedChanges.inWords(object) { text += "    in words: \(PlainText.line(words))\n" }
            guard object.kind == .job else { continue }
            for start in next[object.name] ?? [] { text += "    next: \(PlainText.line(start.inWords))\n" }
        }
        for assignment in result.assignments {
            text += "  \(assignment.change.rawValue): \(assignment.job) for \(assignment.client)\n"
        }
        return text
    }

    private static func mark(_ change: ApplyResult.Change) -> (String, Style) {
        switch change {
        case .created: ("+", .good)
        case .removed: ("-", .bad)
        case .changed: ("~", .warning)
        case .unchanged: (" ", .faint)
        }
    }
}
