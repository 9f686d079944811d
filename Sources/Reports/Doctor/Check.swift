/// One thing that was looked at, and how it is.
public struct Check: Sendable, Hashable {
    /// How it is.
    public enum Result: String, Sendable, Hashable, CaseIterable {
        case ok
        /// Not wrong, or not yet; or it could not be seen.
        case warn
        /// Something does not work, or a promise is not kept.
        case fail
    }

    /// Promised to stay: scripts ask for it.
    public var name: String
    public var result: Result
    /// What was seen, in a line.
    public var seen: String
    /// What to do about it; nil where there is nothing to do.
    public var mend: String?

    public init(_ name: String, _ result: Result, _ seen: String, mend: String? = nil) {
        self.name = name
        self.result = result
        self.seen = seen
        self.mend = mend
    }

    /// A line of `rota doctor -o json`.
    public var json: JSONValue {
        ["check": .text(name), "result": .text(result.rawValue), "seen": .text(seen), "mend": JSONValue(mend)]
    }
}

extension [Check] {
    /// The shape that `rota doctor -o json` promises.
    public var json: JSONValue {
        ["ok": .bool(!hasFailure), "checks": .array(map(\.json))]
    }

    /// Whether something is wrong.
    public var hasFailure: Bool { contains { $0.result == .fail } }
}
