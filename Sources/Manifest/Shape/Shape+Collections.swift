extension Shape {
    /// A list of so many values.
    static func list<Item>(
        _ item: Shape<Item>, least: Int = 0, most: Int, hint: String = "write it in brackets: [one, two]"
    ) -> Shape where Value == [Item] {
        let expected = "a list"
        return Shape(
            expected: expected,
            schema: .object([
                "type": .text("array"), "items": item.schema, "minItems": .integer(least), "maxItems": .integer(most),
            ]),
            read: { cursor in
                guard case .list(let nodes) = cursor.node.content else {
                    cursor.refuse(expected: expected, hint: hint)
                    return nil
                }
                guard nodes.count >= least, nodes.count <= most else {
                    cursor.refuse(
                        "'\(cursor.name)' has \(nodes.count) entries", hint: "from \(least) to \(most) are allowed")
                    return nil
                }
                return cursor.items(nodes, item)
            },
            writeParts: { values, isFull in .list(values.map { item.write($0, isFull) }) })
    }

    /// A list, or its only value without brackets.
    static func oneOrMore<Item>(_ item: Shape<Item>, most: Int) -> Shape where Value == [Item] {
        let list = Shape.list(item, least: 1, most: most)
        return Shape(
            expected: list.expected, schema: .object(["anyOf": .list([item.schema, list.schema])]),
            read: { cursor in
                if case .scalar = cursor.node.content { return item.read(cursor).map { [$0] } }
                return list.read(cursor)
            },
            writeParts: { values, isFull in
                values.count == 1 ? item.write(values[0], isFull) : list.write(values, isFull)
            })
    }

    /// Keys of one's own choice. `isKey` tells which are allowed, `keyHint` says it in words.
    static func map<Item>(
        _ item: Shape<Item>, most: Int, keyPattern: String, isKey: @escaping @Sendable (String) -> Bool,
        keyHint: String
    ) -> Shape where Value == [String: Item] {
        let expected = "keys and values"
        return Shape(
            expected: expected,
            schema: .object([
                "type": .text("object"), "additionalProperties": item.schema,
                "propertyNames": .object(["pattern": .text(keyPattern)]), "maxProperties": .integer(most),
            ]),
            read: { cursor in
                guard case .map(let entries) = cursor.node.content else {
                    cursor.refuse(expected: expected, hint: "write it in braces: {key: value}")
                    return nil
                }
                guard entries.count <= most else {
                    cursor.refuse("'\(cursor.name)' has \(entries.count) keys", hint: "at most \(most) are allowed")
                    return nil
                }
                for entry in entries where !isKey(entry.key) {
                    cursor.refuse(
                        "\(entry.key.quoted) cannot be a key of '\(cursor.name)'", hint: keyHint, at: entry.keyPosition)
                }
                return cursor.values(entries, item)
            },
            writeParts: { values, isFull in
                .map(
                    values.sorted { $0.key < $1.key }.map {
                        Tree.Pair(key: $0.key, value: item.write($0.value, isFull))
                    })
            })
    }
}

extension Shape where Value: Written {
    /// A mapping with the keys of its own table.
    static var object: Shape {
        Shape(
            expected: "keys and values", schema: .object(["$ref": .text("#/$defs/\(Value.table.name)")]),
            read: { cursor in ObjectReader(cursor, Value.table).flatMap { Value($0) } },
            writeParts: { Value.table.tree(of: $0, withStandards: $1) })
    }
}

extension Cursor {
    /// All items, even if one is refused, so that the problems of the others are told too.
    fileprivate func items<Item>(_ nodes: [Node], _ shape: Shape<Item>) -> [Item]? {
        var values: [Item] = []
        for (index, node) in nodes.enumerated() {
            let item = item(node, index)
            reading.note(item)
            if case .refused = node.content { continue }
            if let value = shape.read(item) { values.append(value) }
        }
        return values.count == nodes.count ? values : nil
    }

    fileprivate func values<Item>(_ entries: [Node.Entry], _ shape: Shape<Item>) -> [String: Item]? {
        var values: [String: Item] = [:]
        for entry in entries {
            let child = child(entry)
            reading.note(child)
            if case .refused = child.node.content { continue }
            if let value = shape.read(child) { values[entry.key] = value }
        }
        return values.count == entries.count ? values : nil
    }
}
