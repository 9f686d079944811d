import Manifest
import Model
import Reports

/// A list of things, ready to be shown in any form.
struct Listing {
    /// The plural, under which JSON has them.
    var title: String
    var items: [JSONValue]
    var table: Table
    /// Nil for what no manifest defines.
    var definitions: [Definition]?
    var hasMore = false
    /// What people are told where there is nothing; nil is that there is none at all.
    var empty: String?

    var isEmpty: Bool { items.isEmpty }

    func show(_ output: OutputOptions) throws {
        if output.output == .yaml, let definitions {
            return try StandardOutput.write(ManifestWriter.text(definitions))
        }
        try output.show(.object([.init(title, .array(items))]), table: table, empty: empty ?? "There are no \(title).")
        if hasMore, output.isForPeople { StandardError.line("There are more; ask for them with --limit.") }
    }
}

extension JSONValue {
    /// A definition in the shape of its manifest.
    init(_ definition: Definition) throws { self = try JSONValue(parsing: ManifestWriter.json(definition)) }

    /// An object with further members after its own.
    func adding(_ members: [Member]) -> JSONValue {
        guard case .object(let own) = self else { return self }
        return .object(own + members)
    }
}
