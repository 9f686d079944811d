import Recurrence

/// What must hold before a run may start.
public enum Requirement: Hashable, Sendable {
    /// Another job has succeeded on the same asset within the last so long; on the client, where that job works on the
    /// client as a whole.
    case succeeded(job: String, within: Span)
    /// Nothing is wrong on the asset, as far as any job has found, that is as bad as this or worse.
    case noFinding(Finding.Severity)
    /// This file is there on the worker.
    case file(String)
    /// This command of the worker's ends with exit code 0.
    case exec(command: [String], timeout: Span)

    /// Whether the worker looks, and not the scheduler.
    public var isGuard: Bool {
        switch self {
        case .succeeded, .noFinding: false
        case .file, .exec: true
        }
    }
}

extension Requirement: Codable {
    private enum Key: String, CodingKey { case job, succeeded, noFinding, file, exec }

    private struct Command: Codable {
        var command: [String]
        var timeout: Span
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let job = try container.decodeIfPresent(String.self, forKey: .job) {
            self = .succeeded(job: job, within: try container.decode(Span.self, forKey: .succeeded))
        } else if let severity = try container.decodeIfPresent(Finding.Severity.self, forKey: .noFinding) {
            self = .noFinding(severity)
        } else if let file = try container.decodeIfPresent(String.self, forKey: .file) {
            self = .file(file)
        } else {
            let exec = try container.decode(Command.self, forKey: .exec)
            self = .exec(command: exec.command, timeout: exec.timeout)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .succeeded(let job, let within):
            try container.encode(job, forKey: .job)
            try container.encode(within, forKey: .succeeded)
        case .noFinding(let severity): try container.encode(severity, forKey: .noFinding)
        case .file(let path): try container.encode(path, forKey: .file)
        case .exec(let command, let timeout):
            try container.encode(Command(command: command, timeout: timeout), forKey: .exec)
        }
    }
}
