import ArgumentParser

/// A run's number, written `4711` or `run/4711`.
struct RunNumber: ExpressibleByArgument, Hashable, Sendable {
    var number: Int64

    init?(argument: String) {
        let digits = argument.hasPrefix("run/") ? argument.dropFirst(4) : argument[...]
        guard let number = Int64(digits), number > 0 else { return nil }
        self.number = number
    }
}

/// A job's name, written `job/NAME` or `NAME`.
struct JobName: ExpressibleByArgument, Hashable, Sendable {
    var name: String

    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        guard let object = ObjectName(argument) else {
            name = argument
            return
        }
        guard object.kind == "job" else { return nil }
        name = object.name
    }
}
