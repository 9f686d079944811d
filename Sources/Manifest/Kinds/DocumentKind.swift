import Model

/// Which table a document is read by.
enum DocumentKind {
    /// Nil where it does not say, or nothing that is known.
    static func kind(of cursor: Cursor) -> Definition.Kind? {
        let kinds = Definition.Kind.allCases.map(\.rawValue)
        guard case .map(let entries) = cursor.node.content else {
            if case .refused = cursor.node.content { return nil }
            cursor.refuse("a document must be keys and values", hint: "begin it with 'kind: Job', for instance")
            return nil
        }
        guard let entry = entries.first(where: { $0.key == "kind" }) else {
            let near = nearest("kind", among: entries.map(\.key)).flatMap { near in entries.first { $0.key == near } }
            cursor.refuse(
                near.map { "unknown key \($0.key.quoted)" } ?? "'kind' is missing",
                hint: near.map { _ in "did you mean 'kind'?" } ?? "it is one of \(kinds.joined(separator: ", "))",
                at: near?.keyPosition)
            return nil
        }
        let value = cursor.child(entry)
        guard case .scalar(let scalar) = entry.value.content, !scalar.isMissing else {
            value.refuse(expected: "a kind", hint: "it is one of \(kinds.joined(separator: ", "))")
            return nil
        }
        guard let kind = Definition.Kind(rawValue: scalar.text) else {
            let near = kinds.first { $0.lowercased() == scalar.text.lowercased() }
            value.refuse(
                "unknown kind \(scalar.text.quoted)",
                hint: near.map { "did you mean '\($0)'?" } ?? nearestHint(scalar.text, among: kinds))
            return nil
        }
        return kind
    }

    static func definition(_ kind: Definition.Kind, _ cursor: Cursor) -> Definition? {
        switch kind {
        case .client: Shape<Client>.object.read(cursor).map(Definition.client)
        case .calendar: Shape<Calendar>.object.read(cursor).map(Definition.calendar)
        case .window: Shape<WindowRule>.object.read(cursor).map(Definition.window)
        case .asset: Shape<Asset>.object.read(cursor).map(Definition.asset)
        case .job: Shape<Job>.object.read(cursor).map(Definition.job)
        }
    }

    /// The name, if it is one, whatever else is wrong.
    static func name(of cursor: Cursor) -> String? {
        guard case .map(let entries) = cursor.node.content,
            case .scalar(let scalar)? = entries.first(where: { $0.key == "name" })?.value.content,
            Names.isName(scalar.text)
        else { return nil }
        return scalar.text
    }

    static func tree(of definition: Definition, withStandards: Bool) -> Tree {
        switch definition {
        case .client(let client): Client.table.tree(of: client, withStandards: withStandards)
        case .calendar(let calendar): Calendar.table.tree(of: calendar, withStandards: withStandards)
        case .window(let window): WindowRule.table.tree(of: window, withStandards: withStandards)
        case .asset(let asset): Asset.table.tree(of: asset, withStandards: withStandards)
        case .job(let job): Job.table.tree(of: job, withStandards: withStandards)
        }
    }
}
