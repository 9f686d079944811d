import Recurrence

/// A window as it is written: when runs may start. Either `opens` with `duration`, or `outside`.
public struct WindowRule: Codable, Hashable, Sendable {
    /// What the window is the rest of.
    public enum Outside: String, Codable, Sendable { case businessHours = "business-hours" }

    /// What becomes of a run that is still going when the window closes.
    public enum AtClose: String, Codable, Sendable {
        case finish, stop
    }

    public var name: String
    public var opens: ScheduleRule?
    /// Elapsed time from opening to closing.
    public var duration: Span?
    public var outside: Outside?
    /// No run starts in this last part of an opening.
    public var cutoff: Span?
    /// An IANA name; nil is each client's own.
    public var timezone: String?
    /// Names of calendars on whose days and in whose freezes the window is closed.
    public var except: [String]
    /// Nil is to let it finish.
    public var atClose: AtClose?

    public init(
        name: String, opens: ScheduleRule? = nil, duration: Span? = nil, outside: Outside? = nil,
        cutoff: Span? = nil, timezone: String? = nil, except: [String] = [],
        atClose: AtClose? = nil
    ) {
        self.name = name
        self.opens = opens
        self.duration = duration
        self.outside = outside
        self.cutoff = cutoff
        self.timezone = timezone
        self.except = except
        self.atClose = atClose
    }

    /// Names of the calendars that decide when it is open for a client.
    public func calendars(for client: Client) -> [String] {
        except + (outside == nil ? opens?.calendars(for: client) ?? [] : client.holidays)
    }
}
