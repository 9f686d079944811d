import Model

/// `Action` is an enumeration: the one key that is there tells which it is.
struct JobAction: Equatable, Sendable {
    var action: Action
}

extension JobAction: Written {
    enum Fields {
        static let exec = Field<JobAction, ExecAction>.optional("exec", .object, "Runs a command, without a shell") {
            if case .exec(let exec) = $0.action { exec } else { nil }
        }
        static let task = Field<JobAction, TaskAction>.optional("task", .object, "A checklist for people") {
            if case .task(let task) = $0.action { task } else { nil }
        }
        static let remind = Field<JobAction, RemindAction>.optional("remind", .object, "A message to people") {
            if case .remind(let remind) = $0.action { remind } else { nil }
        }
    }

    static let table = Table<JobAction>(
        name: "Action", about: "What a run does",
        fields: [AnyField(Fields.exec), AnyField(Fields.task), AnyField(Fields.remind)],
        exactlyOne: ["exec", "task", "remind"], notYet: ["http", "check"],
        elsewhere: ["command": "exec", "timeout": "exec", "steps": "task", "message": "remind"])

    init?(_ object: ObjectReader<JobAction>) {
        let exec = object[Fields.exec]
        let task = object[Fields.task]
        let remind = object[Fields.remind]
        if let exec {
            action = .exec(exec)
        } else if let task {
            action = .task(task)
        } else if let remind {
            action = .remind(remind)
        } else {
            return nil
        }
    }
}

extension Shape where Value == Action {
    static let action: Shape = {
        let wrapped = Shape<JobAction>.object
        return Shape(
            expected: wrapped.expected, schema: wrapped.schema, read: { wrapped.read($0)?.action },
            writeParts: { wrapped.write(JobAction(action: $0), $1) })
    }()
}
