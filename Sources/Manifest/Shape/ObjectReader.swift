import Model

/// Gives out the values of a mapping by their fields, after refusing every key that its table does not have.
struct ObjectReader<Root: Sendable> {
    let cursor: Cursor
    private let table: Table<Root>
    private let entries: [String: Node.Entry]

    /// Nil where the node is no mapping.
    init?(_ cursor: Cursor, _ table: Table<Root>) {
        guard case .map(let entries) = cursor.node.content else {
            cursor.refuse(
                expected: "keys and values", hint: "its keys are \(table.fields.map(\.name).joined(separator: ", "))")
            return nil
        }
        self.cursor = cursor
        self.table = table
        self.entries = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
        for entry in entries { refuseUnknown(entry) }
        refuseMissing()
        refuseTogether(entries)
    }

    /// The field's value, or what stands for it where the key is left out.
    subscript<Value>(field: Field<Root, Value>) -> Value? {
        guard let entry = entries[field.name] else { return field.standard }
        let child = cursor.child(entry)
        if case .refused = child.node.content { return nil }
        child.reading.note(child)
        return field.shape.read(child)
    }

    func has(_ key: String) -> Bool { entries[key] != nil }

    private func refuseUnknown(_ entry: Node.Entry) {
        let key = entry.key
        let known = table.fields.map(\.name)
        guard !known.contains(key) else { return }
        if table.notYet.contains(key) {
            cursor.refuse("'\(key)' is not supported yet", hint: "leave it out", at: entry.keyPosition)
        } else if let place = table.elsewhere[key] {
            cursor.refuse(
                "unknown key \(key.quoted)", hint: "it belongs in '\(place)'", at: entry.keyPosition)
        } else {
            let near = cursor.reading.isLong ? nil : nearest(key, among: known + table.notYet)
            cursor.refuse(
                "unknown key \(key.quoted)",
                hint: near.map { "did you mean '\($0)'?" } ?? "known are \(known.joined(separator: ", "))",
                at: entry.keyPosition)
        }
    }

    private func refuseMissing() {
        for field in table.fields where field.isRequired && entries[field.name] == nil {
            cursor.refuse("'\(field.name)' is missing", hint: missingHint(field.name))
        }
        for (key, other) in table.requires where entries[key] != nil && entries[other] == nil {
            cursor.refuse(
                "'\(other)' is missing", hint: "'\(key)' needs it", at: entries[key]?.keyPosition)
        }
    }

    private func missingHint(_ name: String) -> String {
        cursor.path.isEmpty ? "every \(table.name) has one" : "'\(cursor.name)' needs it"
    }

    private func refuseTogether(_ entries: [Node.Entry]) {
        for (key, other) in table.onlyWith {
            guard let entry = self.entries[key], self.entries[other] == nil else { continue }
            cursor.refuse(
                "'\(key)' has a meaning only with '\(other)'", hint: "leave it out, or add '\(other)'",
                at: entry.keyPosition)
        }
        for (key, other, why) in table.apart where self.entries[other] != nil {
            guard let entry = self.entries[key] else { continue }
            cursor.refuse("'\(key)' cannot stand beside '\(other)'", hint: why, at: entry.keyPosition)
        }
        guard !table.exactlyOne.isEmpty else { return }
        let there = entries.filter { table.exactlyOne.contains($0.key) }
        if let first = there.first {
            for entry in there.dropFirst() {
                cursor.refuse(
                    "'\(entry.key)' cannot stand beside '\(first.key)'", hint: "keep one of the two",
                    at: entry.keyPosition)
            }
        } else if !entries.contains(where: { table.notYet.contains($0.key) }) {
            let subject = cursor.path.isEmpty ? "a \(table.name)" : "'\(cursor.name)'"
            cursor.refuse(
                "\(subject) needs one of \(table.exactlyOne.joined(separator: ", "))", hint: "add one of them")
        }
    }
}

extension ObjectReader {
    /// A fault of one of its values.
    func refuse(_ message: String, hint: String, at key: String) {
        let entry = entries[key]
        cursor.refuse(message, hint: hint, at: entry?.value.position)
    }
}
