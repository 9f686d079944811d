import Model

/// A node on its way to becoming a value: it knows its path, what people call it, and where problems go.
struct Cursor {
    let node: Node
    let path: String
    /// The key that it is the value of, or of which it is one of the values.
    let name: String
    let reading: Reading

    func item(_ node: Node, _ index: Int) -> Cursor {
        Cursor(node: node, path: "\(path)[\(index)]", name: name, reading: reading)
    }

    func child(_ entry: Node.Entry) -> Cursor {
        let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
        return Cursor(node: entry.value, path: path, name: entry.key, reading: reading)
    }

    func refuse(_ message: String, hint: String?, at position: Position? = nil) {
        reading.add(
            Problem(file: reading.source.file, at: position ?? node.position, message, hint: hint))
    }

    /// A fault at a byte of this scalar's text.
    func refuse(_ message: String, hint: String?, byte offset: Int?) {
        guard case .scalar(let scalar) = node.content else { return refuse(message, hint: hint) }
        let place = Place(value: node.position, text: scalar.textPosition)
        refuse(message, hint: hint, at: place.position(ofByte: offset, in: scalar.text))
    }

    /// "'priority' must be a whole number from 0 to 100, not 'high'"
    func refuse(expected: String, hint: String) {
        switch node.content {
        case .refused: return
        case .scalar(let scalar) where scalar.isMissing:
            refuse("'\(name)' has no value", hint: "give it \(expected), or leave the key out")
        case .scalar(let scalar):
            refuse("'\(name)' must be \(expected), not \(scalar.text.quoted)", hint: hint)
        case .list: refuse("'\(name)' must be \(expected), not a list", hint: hint)
        case .map: refuse("'\(name)' must be \(expected), not keys and values", hint: hint)
        }
    }
}
