import Model

/// Names that are given twice, and names that refer to nothing.
extension ManifestCheck {
    private struct Place {
        var kind: Definition.Kind
        var name: String
        var file: String
        var position: Position
        /// Where the name itself stands.
        var namePosition: Position
    }

    mutating func checkDuplicates() {
        var first: [Definition.Kind: [String: Place]] = [:]
        for place in declared() {
            guard let earlier = first[place.kind]?[place.name] else {
                first[place.kind, default: [:]][place.name] = place
                continue
            }
            let (line, column) = (earlier.position.line, earlier.position.column)
            problemAt(
                place.file, place.namePosition, "\(place.kind.rawValue) '\(place.name)' is defined twice",
                "the other one is at \(earlier.file.printable):\(line):\(column)")
        }
    }

    private func declared() -> [Place] {
        let good = documents.map { document in
            Place(
                kind: document.definition.kind, name: document.definition.name, file: document.file,
                position: document.position(""), namePosition: document.position("name"))
        }
        let bad = broken.compactMap { document in
            let position = Position(line: document.line, column: document.column)
            return document.kind.map { kind in
                Place(
                    kind: kind, name: document.name, file: document.file, position: position,
                    namePosition: position)
            }
        }
        return (good + bad).sorted { ($0.file, $0.position) < ($1.file, $1.position) }
    }

    func isKnown(_ name: String, _ kind: Definition.Kind) -> Bool {
        let isDefined =
            switch kind {
            case .client: catalogue.clients[name] != nil
            case .calendar: catalogue.calendars[name] != nil
            case .window: catalogue.windows[name] != nil
            case .asset: catalogue.assets[name] != nil
            case .job: catalogue.jobs[name] != nil
            }
        return isDefined || broken.contains { ($0.kind ?? kind) == kind && $0.name == name }
    }

    mutating func checkName(_ name: String, _ kind: Definition.Kind, _ path: String, _ document: Document) {
        guard !unnamed.contains(kind), !isKnown(name, kind) else { return }
        let hint = hint(for: name, kind)
        refuse(document, path, "unknown \(kind.rawValue.lowercased()) '\(name)'", hint: hint)
    }

    mutating func checkCalendars(_ names: [String], _ path: String, _ document: Document) {
        for (index, name) in names.enumerated() { checkName(name, .calendar, "\(path)[\(index)]", document) }
    }

    /// The nearest name, or a few of those that there are.
    private mutating func hint(for name: String, _ kind: Definition.Kind) -> String {
        guard searches > 0 else { return "mend the unknown names above first" }
        searches -= 1
        let names = names(of: kind)
        if let near = nearest(name, among: names) { return "did you mean '\(near)'?" }
        let word = kind.rawValue.lowercased()
        guard !names.isEmpty else { return "there is no \(word) yet; define it with 'kind: \(kind.rawValue)'" }
        let few = names.prefix(8).joined(separator: ", ")
        return names.count > 8 ? "known are \(few) and \(names.count - 8) more" : "known are \(few)"
    }

    private func names(of kind: Definition.Kind) -> [String] {
        let defined: [String] =
            switch kind {
            case .client: Array(catalogue.clients.keys)
            case .calendar: Array(catalogue.calendars.keys)
            case .window: Array(catalogue.windows.keys)
            case .asset: Array(catalogue.assets.keys)
            case .job: Array(catalogue.jobs.keys)
            }
        return (defined + broken.filter { $0.kind == kind }.map(\.name)).sorted()
    }
}
