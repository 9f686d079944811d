import ArgumentParser
import Model

/// What `pause` and `resume` name: `job/NAME`, `client/NAME`, `asset/NAME` or `label/KEY=VALUE`.
struct PauseTarget: ExpressibleByArgument, Sendable {
    static let help = ArgumentHelp(
        "A job, a client, an asset, or all of a label.", valueName: "job/name|client/name|asset/name|label/key=value")

    var subject: PauseSubject

    init?(argument: String) {
        guard let object = ObjectName(argument) ?? JobName(argument: argument).map({ ObjectName("job", $0.name) })
        else { return nil }
        switch object.kind {
        case "job": subject = PauseSubject(job: object.name)
        case "client": subject = PauseSubject(client: object.name)
        case "asset": subject = PauseSubject(asset: object.name)
        case "label":
            let parts = object.name.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return nil }
            subject = PauseSubject(label: .init(key: parts[0], value: parts[1]))
        default: return nil
        }
    }

    /// Narrowed to one client, where that is said.
    func subject(at client: String?) throws -> PauseSubject {
        guard let client else { return subject }
        guard subject.client == nil, subject.asset == nil else {
            throw ValidationError("--client narrows a job or a label down; \(subject) is one client's already")
        }
        var narrowed = subject
        narrowed.client = client
        return narrowed
    }
}

extension PauseSubject {
    /// As a command tells it: `job patch`, `job patch at acme`, `client acme`, `label pillar=patching`.
    var told: String {
        let first =
            job.map { "job \($0)" } ?? asset.map { "asset \($0)" } ?? label.map { "label \($0.key)=\($0.value)" }
        guard let first else { return "client \(client ?? "")" }
        return first + (client.map { " at \($0)" } ?? "")
    }
}
