/// What a run does: one of these for each job.
public enum Action: Hashable, Sendable {
    case exec(ExecAction)
    case task(TaskAction)
    case remind(RemindAction)

    /// The manifest's word for it.
    public var kind: String {
        switch self {
        case .exec: "exec"
        case .task: "task"
        case .remind: "remind"
        }
    }
}

extension Action: Codable {
    private enum Key: String, CodingKey { case exec, task, remind }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let exec = try container.decodeIfPresent(ExecAction.self, forKey: .exec) {
            self = .exec(exec)
        } else if let task = try container.decodeIfPresent(TaskAction.self, forKey: .task) {
            self = .task(task)
        } else {
            self = .remind(try container.decode(RemindAction.self, forKey: .remind))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .exec(let exec): try container.encode(exec, forKey: .exec)
        case .task(let task): try container.encode(task, forKey: .task)
        case .remind(let remind): try container.encode(remind, forKey: .remind)
        }
    }
}
