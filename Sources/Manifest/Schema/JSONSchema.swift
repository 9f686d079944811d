import Model

/// A description of manifests for editors, made from the very tables by which they are read.
public enum JSONSchema {
    /// The schema as a JSON document (JSON Schema, draft 2020-12). It tells an editor the keys, their forms and what they
    /// mean; what goes beyond one document, and whether a rule ever fires, only `rota validate` tells.
    public static let text = document.printed() + "\n"

    static let document = Json.object([
        "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
        "title": .text("Rota manifest"),
        "type": .text("object"),
        "required": .texts(["kind", "name"]),
        "properties": .object(["kind": .object(["enum": .texts(kinds.map(\.name))])]),
        "allOf": .list(
            kinds.map { kind in
                .object([
                    "if": .object([
                        "required": .texts(["kind"]),
                        "properties": .object(["kind": .object(["const": .text(kind.name)])]),
                    ]),
                    "then": .object(["$ref": .text("#/$defs/\(kind.name)")]),
                ])
            }),
        "$defs": .object((kinds + parts).map { Json.Pair(key: $0.name, value: $0.schema) }),
    ])

    private static let kinds: [(name: String, schema: Json)] = [
        entry(Client.self), entry(Calendar.self), entry(WindowRule.self), entry(Asset.self), entry(Job.self),
    ]

    private static let parts: [(name: String, schema: Json)] = [
        entry(Calendar.Day.self), entry(Calendar.Freeze.self), entry(WindowOpens.self), entry(JobSchedule.self),
        entry(TargetSelector.self), entry(RetryPolicy.self), entry(Rollout.self), entry(Rollout.Ring.self),
        entry(Requirement.self), entry(GuardCommand.self), entry(JobAction.self),
        entry(ExecAction.self),
        entry(TaskAction.self), entry(TaskAction.Review.self), entry(RemindAction.self),
    ]

    private static func entry<Value: Written>(_ type: Value.Type) -> (name: String, schema: Json) {
        (type.table.name, type.table.schema)
    }
}
