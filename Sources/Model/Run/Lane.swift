/// Scheduled work, or work that somebody asked for now.
public enum Lane: String, Codable, Hashable, Sendable {
    case proactive, reactive
}
