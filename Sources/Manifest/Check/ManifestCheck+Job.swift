import Model
import Recurrence

extension ManifestCheck {
    /// The kinds of assets that MANIFESTS names; any other word is allowed too.
    private static let usualKinds = [
        "server", "workstation", "laptop", "network", "printer", "backup", "domain", "service", "site", "person",
    ]

    mutating func check(_ job: Job, _ document: Document) {
        checkClients(job, document)
        checkKinds(job.targets?.kinds ?? [], "targets.is", document)
        if let condition = job.targets?.condition { check(condition, "targets.where", document) }
        if case .task(let task) = job.action {
            checkKinds(task.review?.kinds ?? [], "action.task.review.is", document)
        }
        let clients = askedOf(job.schedule, catalogue.clients(of: job), zone: job.schedule.timezone)
        checkSchedule(job.schedule, for: clients, "schedule", document)
        if let window = job.window { checkName(window, .window, "window", document) }
        checkFit(job, document)
        checkRequires(job, document)
        checkRings(job, document)
        checkPace(job, document)
    }

    private mutating func checkClients(_ job: Job, _ document: Document) {
        switch job.clients {
        case .all: return
        case .named(let names):
            for (index, name) in names.enumerated() { checkName(name, .client, "clients[\(index)]", document) }
        case .labels:
            guard !catalogue.clients.isEmpty, catalogue.clients(of: job).isEmpty else { return }
            warn(document, "clients", "no client has these labels", hint: "until one has, the job does nothing")
        }
    }

    /// A kind of which no asset is known to be, and which looks like a slip of a usual one.
    mutating func checkKinds(_ kinds: [String], _ path: String, _ document: Document) {
        for (index, kind) in kinds.enumerated() {
            guard !Self.usualKinds.contains(kind), let near = nearest(kind, among: Self.usualKinds),
                !catalogue.assets.values.contains(where: { $0.kind == kind })
            else { continue }
            let item = "\(path)[\(index)]"
            warn(
                document, document.places[item] == nil ? path : item, "'\(kind)' is none of the usual kinds",
                hint: "did you mean '\(near)'?")
        }
    }
}
