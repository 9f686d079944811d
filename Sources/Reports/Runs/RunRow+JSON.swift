import Model
import Store

extension RunRow {
    /// The shape that `rota runs -o json` and `rota history -o json` promise for one run.
    public var json: JSONValue {
        [
            "run": JSONValue(run), "job": .text(job), "client": .text(client), "asset": JSONValue(asset),
            "lane": .text(lane.rawValue), "state": .text(state.rawValue), "due": JSONValue(due),
            "startedAt": JSONValue(startedAt), "finishedAt": JSONValue(finishedAt), "attempts": JSONValue(attempts),
            "worker": JSONValue(worker), "exitCode": JSONValue(exitCode),
        ]
    }
}

extension JSONValue {
    /// `{"runs": […]}`
    public init(runs: [RunRow]) { self = ["runs": .array(runs.map(\.json))] }
}
