/// What services tell each other through the database. Each is a hint: whoever misses one looks by himself soon after.
public enum Signal: Sendable, Equatable {
    /// An assignment is to be looked at.
    case plan
    /// A run of this queue became ready.
    case ready(queue: String)
    /// Somebody asked to cancel this attempt.
    case cancel(attempt: Int64)
    /// The worker of this number is to take no more.
    case drain(worker: Int64)
    /// Listening began, or began again: what was told meanwhile is not known.
    case connected
    /// Nothing can be heard on this way at all: whoever wants to know looks by himself.
    case deaf

    /// What is listened to, by the name that `notify` uses.
    public enum Channel: String, Sendable {
        case plan = "rota_plan"
        case ready = "rota_ready"
        case cancel = "rota_cancel"
        case drain = "rota_drain"
    }

    init?(channel: String, payload: String) {
        switch Channel(rawValue: channel) {
        case .plan: self = .plan
        case .ready: self = .ready(queue: payload)
        case .cancel:
            guard let attempt = Int64(payload) else { return nil }
            self = .cancel(attempt: attempt)
        case .drain:
            guard let worker = Int64(payload) else { return nil }
            self = .drain(worker: worker)
        case nil: return nil
        }
    }
}
