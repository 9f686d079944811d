/// Text with places such as `{{ asset.name }}`. What is put in stays one whole value: it is never read again, split or given to a shell.
public struct Template: Hashable, Sendable {
    /// Why a text is no template: `offset` counts UTF-8 bytes from its beginning.
    public struct Problem: Error, Hashable, Sendable {
        public var message: String
        public var hint: String
        public var offset: Int
    }

    enum Part: Hashable, Sendable {
        case text(String)
        case field(String)
    }

    /// Fields that are always known. `asset.labels.X` and `asset.facts.X` are known for any X where there is a target.
    public static let fixedFields = [
        "asset.name", "asset.kind", "client.name", "client.title", "client.timezone", "due", "job.name", "local", "run",
    ]

    let parts: [Part]

    /// Reads the text; `hasAsset` says whether the job has targets, so that `asset.…` has a meaning.
    public init(_ text: String, hasAsset: Bool) throws(Problem) {
        var parts: [Part] = []
        var rest = text[...]
        while let opening = rest.firstRange(of: "{{") {
            if opening.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<opening.lowerBound]))) }
            let offset = text.utf8.distance(from: text.startIndex, to: opening.lowerBound)
            guard let closing = rest[opening.upperBound...].firstRange(of: "}}") else {
                throw Problem(message: "'{{' is never closed", hint: "end it with '}}'", offset: offset)
            }
            let field = rest[opening.upperBound..<closing.lowerBound].trimmingSpaces()
            if let problem = Self.problem(of: field, hasAsset: hasAsset, offset: offset) { throw problem }
            parts.append(.field(field))
            rest = rest[closing.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    private static func problem(of field: String, hasAsset: Bool, offset: Int) -> Problem? {
        let isAsset = field.hasPrefix("asset.")
        if isAsset && !hasAsset {
            return Problem(
                message: "'{{ \(field) }}' has no meaning in a job without targets",
                hint: "give the job 'targets', or use '{{ client.name }}'", offset: offset)
        }
        if fixedFields.contains(field) { return nil }
        for prefix in ["asset.labels.", "asset.facts.", "client.labels.", "client.contacts."]
        where field.hasPrefix(prefix) && field.count > prefix.count {
            return nil
        }
        return Problem(
            message: "unknown field '{{ \(field) }}'",
            hint: nearestHint(field, among: fixedFields + ["asset.labels.…", "asset.facts.…"]), offset: offset)
    }

    /// The text with every field's value; a label, fact or contact that is not there is told by its name.
    public func filled(with values: TemplateValues) throws(MissingField) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .field(let name):
                guard let value = values[name] else { throw MissingField(name: name) }
                text += value
            }
        }
        return text
    }
}

/// A field of a template for which this target has no value.
public struct MissingField: Error, Hashable, Sendable, CustomStringConvertible {
    public var name: String
    public var description: String { "there is no '\(name)' here" }
}

extension Substring {
    func trimmingSpaces() -> String {
        var slice = self
        while slice.first == " " { slice.removeFirst() }
        while slice.last == " " { slice.removeLast() }
        return String(slice)
    }
}
