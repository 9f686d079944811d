/// JSON whose keys keep their order.
indirect enum Json: Hashable, Sendable {
    struct Pair: Hashable, Sendable {
        var key: String
        var value: Json
    }

    case bool(Bool)
    case integer(Int)
    case text(String)
    case list([Json])
    case object([Pair])

    static func object(_ pairs: KeyValuePairs<String, Json>) -> Json {
        .object(pairs.map { Pair(key: $0.key, value: $0.value) })
    }

    static func texts(_ texts: [String]) -> Json { .list(texts.map(Json.text)) }

    /// The object with another pair at its end; anything else stays what it is.
    func adding(_ key: String, _ value: Json) -> Json {
        guard case .object(let pairs) = self else { return self }
        return .object(pairs + [Pair(key: key, value: value)])
    }

    /// Indented by two spaces a level; what fits is kept on one line.
    func printed(indent: Int = 0) -> String {
        let flat = flat
        if flat.count + indent <= 100 { return flat }
        let inner = String(repeating: " ", count: indent + 2)
        let end = "\n" + String(repeating: " ", count: indent)
        switch self {
        case .list(let items):
            return "[\n" + items.map { inner + $0.printed(indent: indent + 2) }.joined(separator: ",\n") + end + "]"
        case .object(let pairs):
            let lines = pairs.map {
                "\(inner)\(Self.quoted($0.key)): \($0.value.printed(indent: indent + 2))"
            }
            return "{\n" + lines.joined(separator: ",\n") + end + "}"
        default: return flat
        }
    }

    private var flat: String {
        switch self {
        case .bool(let value): String(value)
        case .integer(let value): String(value)
        case .text(let text): Self.quoted(text)
        case .list(let items): "[" + items.map(\.flat).joined(separator: ", ") + "]"
        case .object(let pairs):
            "{" + pairs.map { "\(Self.quoted($0.key)): \($0.value.flat)" }.joined(separator: ", ") + "}"
        }
    }

    /// Within double quotes. YAML reads it the same way.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value <= 0xFFFF && (scalar.isHidden || Disguise.range.contains(scalar.value)):
                quoted += "\\u" + scalar.codePoint.dropFirst(2)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
