/// Something wrong that a run found. It stays open until a later run of the job no longer finds it, or a person closes
/// it.
public struct Finding: Codable, Hashable, Sendable {
    /// How much it matters: `critical` needs somebody soon.
    public enum Severity: String, Codable, CaseIterable, Hashable, Sendable {
        case info, warning, critical
    }

    /// The longest key, in UTF-8 bytes.
    public static let longestKey = 200
    /// The longest text, in UTF-8 bytes.
    public static let longestText = 4096
    /// The most that one run may report.
    public static let most = 1000

    /// One for each key, in their order: of a key that is said twice the gravest counts.
    public static func gravest(of findings: [Finding]) -> [Finding] {
        var seen: Set<String> = []
        return findings.sorted { ($0.key, -$0.severity.rank, $0.text) < ($1.key, -$1.severity.rank, $1.text) }
            .filter { seen.insert($0.key).inserted }
    }

    /// Names it within its job and target: the same key in the next run is the same finding. 1 … ``longestKey`` bytes.
    public var key: String
    public var severity: Severity
    /// For people; at most ``longestText`` bytes.
    public var text: String

    public init(key: String, severity: Severity, text: String) {
        self.key = key
        self.severity = severity
        self.text = text
    }
}
