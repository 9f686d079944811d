import FoundationEssentials

/// The process's environment. Options read it through here, so that their tests may give another.
enum Environment {
    static var all: [String: String] { ProcessInfo.processInfo.environment }

    /// Nil where it is not set, or empty.
    static func value(_ name: String, in environment: [String: String] = all) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
