import Model

extension Shape where Value: RawRepresentable<String> {
    /// One of a few words. Those of `notYet` are known, and refused until they act.
    static func choice(_ values: [Value], notYet: [String] = []) -> Shape {
        let words = values.map(\.rawValue)
        let expected = words.count == 1 ? "'\(words[0])'" : words.joined(separator: " or ")
        return Shape(
            expected: expected, schema: .object(["enum": .texts(words)]),
            read: { cursor in
                guard case .scalar(let scalar) = cursor.node.content, !scalar.isMissing else {
                    cursor.refuse(expected: expected, hint: nearestHint("", among: words))
                    return nil
                }
                if let value = values.first(where: { $0.rawValue == scalar.text }) { return value }
                if notYet.contains(scalar.text) {
                    cursor.refuse(
                        "'\(cursor.name): \(scalar.text)' is not supported yet", hint: "use \(expected)")
                } else {
                    cursor.refuse(expected: expected, hint: nearestHint(scalar.text, among: words))
                }
                return nil
            },
            write: { .word($0.rawValue) })
    }
}
