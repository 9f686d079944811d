import Recurrence

/// An organisation whose technology is looked after.
public struct Client: Codable, Hashable, Sendable {
    public var name: String
    public var title: String?
    /// An IANA name.
    public var timezone: String
    /// `Mon-Fri 08:00-18:00`; none means that there are no business hours at all.
    public var businessHours: [String]
    /// Names of calendars on whose days there are no business hours.
    public var holidays: [String]
    public var labels: [String: String]
    /// Where people of the client are reached, by a short name: `office: office@harbour.example`.
    public var contacts: [String: String]
    /// So many runs are at work for it at once; nil is any number.
    public var atOnce: Int?

    public init(
        name: String, title: String? = nil, timezone: String, businessHours: [String] = [], holidays: [String] = [],
        labels: [String: String] = [:], contacts: [String: String] = [:], atOnce: Int? = nil
    ) {
        self.name = name
        self.title = title
        self.timezone = timezone
        self.businessHours = businessHours
        self.holidays = holidays
        self.labels = labels
        self.contacts = contacts
        self.atOnce = atOnce
    }
}
