import Model
import Recurrence
import Store

extension TaskRow {
    public var json: JSONValue {
        [
            "run": JSONValue(run), "job": .text(job), "client": .text(client), "asset": JSONValue(asset),
            "kind": .text(kind.rawValue), "assignee": JSONValue(assignee),
            "checklist": .array(checklist.map(JSONValue.text)), "since": JSONValue(since), "due": JSONValue(due),
            "dueBy": JSONValue(dueBy),
        ]
    }
}

extension FindingRow {
    public var json: JSONValue {
        [
            "finding": JSONValue(id), "client": .text(client), "job": .text(job), "asset": JSONValue(asset),
            "key": .text(key), "severity": .text(severity.rawValue), "text": .text(text),
            "foundAt": JSONValue(foundAt), "seenAt": JSONValue(seenAt), "firstRun": JSONValue(firstRun),
            "lastRun": JSONValue(lastRun), "closedAt": JSONValue(closedAt), "closedBy": JSONValue(closedBy),
        ]
    }
}

extension LoginBinding {
    public var json: JSONValue {
        [
            "login": .text(login), "queues": .array(queues.map(JSONValue.text)),
            "clients": clients.map { .array($0.map(JSONValue.text)) } ?? .null, "boundAt": JSONValue(boundAt),
            "boundBy": .text(boundBy),
        ]
    }
}

extension Waiver {
    public func json(asOf: Instant) -> JSONValue {
        [
            "waiver": JSONValue(id), "job": .text(job), "client": .text(client), "asset": JSONValue(asset),
            "covers": JSONValue(covers), "reason": .text(reason), "by": .text(actor), "since": JSONValue(since),
            "until": JSONValue(until), "withdrawnAt": JSONValue(withdrawal?.at),
            "withdrawnBy": JSONValue(withdrawal?.actor), "isInForce": .bool(isInForce(at: asOf)),
        ]
    }
}

extension JSONValue {
    /// `{"tasks": […]}`
    public init(tasks: [TaskRow]) { self = ["tasks": .array(tasks.map(\.json))] }

    /// `{"findings": […]}`
    public init(findings: [FindingRow]) { self = ["findings": .array(findings.map(\.json))] }

    /// `{"logins": […]}`
    public init(logins: [LoginBinding]) { self = ["logins": .array(logins.map(\.json))] }
}
