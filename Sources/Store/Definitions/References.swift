import Model

/// Names that definitions take of others, and what is wrong with them: a pure check.
struct References: Sendable {
    private struct Target: Hashable {
        var kind: Definition.Kind
        var name: String
    }

    /// For each name that is taken and not there, who takes it.
    private var users: [Target: [String]] = [:]
    private let removed: Set<Target>
    private let catalogue: Catalogue

    init(stored: StoredDefinitions, changes: DefinitionChanges) {
        catalogue = changes.after
        removed = Set(
            changes.objects.filter { $0.change == .removed }.map { Target(kind: $0.kind, name: $0.name) })
        for client in catalogue.clients.values {
            for name in client.holidays { take(.calendar, name, "client/\(client.name)") }
        }
        for window in catalogue.windows.values {
            for name in window.except + (window.opens?.holidays ?? []) {
                take(.calendar, name, "window/\(window.name)")
            }
        }
        for asset in catalogue.assets.values {
            take(.client, asset.client, "asset/\(asset.name)")
        }
        for job in catalogue.jobs.values {
            for name in job.schedule.holidays ?? [] { take(.calendar, name, "job/\(job.name)") }
            if let window = job.window { take(.window, window, "job/\(job.name)") }
            for name in job.requiredJobs { take(.job, name, "job/\(job.name)") }
            guard case .named(let names) = job.clients else { continue }
            for name in names { take(.client, name, "job/\(job.name)") }
        }
        for (client, count) in stored.importedCounts {
            take(.client, client, count == 1 ? "an imported asset" : "\(count) imported assets")
        }
    }

    private mutating func take(_ kind: Definition.Kind, _ name: String, _ user: String) {
        guard !catalogue.contains(kind, name) else { return }
        users[Target(kind: kind, name: name), default: []].append(user)
    }

    /// Every name that leads nowhere, and every removal of something that is still used.
    var refusals: [ApplyRefused.Reason] {
        users.flatMap { target, users in
            removed.contains(target) ? [removal(of: target, users.sorted())] : missing(target, users.sorted())
        }.sorted { ($0.subject, $0.message) < ($1.subject, $1.message) }
    }

    private func removal(of target: Target, _ users: [String]) -> ApplyRefused.Reason {
        let shown = users.prefix(5).joined(separator: ", ")
        let more = users.count > 5 ? " and \(users.count - 5) more" : ""
        return ApplyRefused.Reason(
            "\(target.kind.rawValue.lowercased())/\(target.name)",
            "cannot be removed: it is still used by \(shown)\(more)",
            hint: "remove those too, or keep its manifest among what is applied")
    }

    private func missing(_ target: Target, _ users: [String]) -> [ApplyRefused.Reason] {
        let known = catalogue.definitions(of: target.kind).keys.sorted()
        return users.map { user in
            ApplyRefused.Reason(
                user, "there is no \(target.kind.rawValue.lowercased()) '\(target.name)'",
                hint: nearestHint(target.name, among: known))
        }
    }
}
