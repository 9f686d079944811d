import Model

/// What becomes of the definitions when manifests are applied: a pure comparison of what is there with what is given.
struct DefinitionChanges: Sendable {
    /// As `ApplyResult.objects`; the revisions of changed jobs are those that they will have.
    var objects: [ApplyResult.Object] = []
    /// What is there afterwards, imported assets left out that are not named.
    var after: Catalogue

    init(stored: StoredDefinitions, given: [Definition], prune: Bool) {
        after = stored.catalogue
        let given = Catalogue(given)
        for kind in Definition.Kind.order {
            let before = stored.catalogue.definitions(of: kind)
            let wanted = given.definitions(of: kind)
            for (name, definition) in wanted {
                objects.append(Self.object(kind, name, before: before[name], after: definition, stored))
                after.insert(definition)
            }
            guard prune else { continue }
            for (name, definition) in before where wanted[name] == nil {
                if kind == .asset, stored.imported.contains(name) { continue }
                objects.append(Self.object(kind, name, before: definition, after: nil, stored))
                after.remove(kind, name)
            }
        }
        let order = Definition.Kind.order
        objects.sort { left, right in
            (order.firstIndex(of: left.kind) ?? 0, left.name) < (order.firstIndex(of: right.kind) ?? 0, right.name)
        }
    }

    private static func object(
        _ kind: Definition.Kind, _ name: String, before: Definition?, after: Definition?, _ stored: StoredDefinitions
    ) -> ApplyResult.Object {
        // An imported asset that a manifest now defines is the manifest's from then on.
        let isTakenOver = kind == .asset && after != nil && stored.imported.contains(name)
        let change: ApplyResult.Change =
            switch (before, after) {
            case (nil, _): .created
            case (_, nil): .removed
            case (let before?, let after?): before == after && !isTakenOver ? .unchanged : .changed
            }
        let revision: Int? = kind == .job ? stored.revisions[name].map(Int.init) : nil
        return ApplyResult.Object(
            kind: kind, name: name, change: change, revision: change == .changed ? revision.map { $0 + 1 } : revision,
            before: before, after: after)
    }

    /// The names of this kind that something was done to.
    func touched(_ kind: Definition.Kind) -> Set<String> {
        Set(objects.filter { $0.kind == kind && $0.change != .unchanged }.map(\.name))
    }

    /// What is to be written, or to be removed.
    func definitions(of kind: Definition.Kind, _ changes: ApplyResult.Change...) -> [Definition] {
        objects.filter { $0.kind == kind && changes.contains($0.change) }.compactMap { $0.after ?? $0.before }
    }

    func names(of kind: Definition.Kind, _ change: ApplyResult.Change) -> [String] {
        objects.filter { $0.kind == kind && $0.change == change }.map(\.name)
    }
}

extension Definition.Kind {
    /// What is named stands before what names it.
    static let order: [Definition.Kind] = [.client, .calendar, .window, .asset, .job]
}

extension Catalogue {
    /// All definitions of a kind, by name.
    func definitions(of kind: Definition.Kind) -> [String: Definition] {
        switch kind {
        case .client: clients.mapValues(Definition.client)
        case .calendar: calendars.mapValues(Definition.calendar)
        case .window: windows.mapValues(Definition.window)
        case .asset: assets.mapValues(Definition.asset)
        case .job: jobs.mapValues(Definition.job)
        }
    }

    func contains(_ kind: Definition.Kind, _ name: String) -> Bool {
        switch kind {
        case .client: clients[name] != nil
        case .calendar: calendars[name] != nil
        case .window: windows[name] != nil
        case .asset: assets[name] != nil
        case .job: jobs[name] != nil
        }
    }

    mutating func remove(_ kind: Definition.Kind, _ name: String) {
        switch kind {
        case .client: clients[name] = nil
        case .calendar: calendars[name] = nil
        case .window: windows[name] = nil
        case .asset: assets[name] = nil
        case .job: jobs[name] = nil
        }
    }
}
