import Model

extension Client: Written {
    enum Fields {
        static let name = Field<Client, String>.name { $0.name }
        static let title = Field<Client, String>.optional("title", .line(most: 200), "What people call it") { $0.title }
        static let timezone = Field<Client, String>.required(
            "timezone", .zone, "An IANA time zone, such as Europe/London"
        ) { $0.timezone }
        static let businessHours = Field<Client, [String]>.standard(
            "businessHours", .list(.businessHours, most: 32), [],
            "When people work: 'Mon-Fri 08:00-18:00'. What ends after midnight ends the next day"
        ) { $0.businessHours }
        static let holidays = Field<Client, [String]>.standard(
            "holidays", .names, [], "Calendars on whose days there are no business hours; in their freezes there are"
        ) { $0.holidays }
        static let labels = Field<Client, [String: String]>.standard(
            "labels", .labels, [:], "By which jobs choose clients"
        ) { $0.labels }
        static let contacts = Field<Client, [String: String]>.standard(
            "contacts", .contacts, [:], "Where people are reached, by a short name"
        ) { $0.contacts }
        static let atOnce = Field<Client, Int>.optional(
            "atOnce", .integer(1...1_000_000, suchAs: 20),
            "How many runs are at work for it at once; left out: any number"
        ) { $0.atOnce }
    }

    static let table = Table<Client>(
        name: "Client", about: "An organisation whose technology is looked after",
        fields: [
            AnyField(Field.kind("Client")), AnyField(Fields.name), AnyField(Fields.title), AnyField(Fields.timezone),
            AnyField(Fields.businessHours), AnyField(Fields.holidays), AnyField(Fields.labels),
            AnyField(Fields.contacts), AnyField(Fields.atOnce),
        ],
        notYet: ["agreement"])

    init?(_ object: ObjectReader<Client>) {
        let name = object[Fields.name]
        let title = object[Fields.title]
        let timezone = object[Fields.timezone]
        let hours = object[Fields.businessHours]
        let holidays = object[Fields.holidays]
        let labels = object[Fields.labels]
        let contacts = object[Fields.contacts]
        let atOnce = object[Fields.atOnce]
        guard let name, let timezone, let hours, let holidays, let labels, let contacts else { return nil }
        self.init(
            name: name, title: title, timezone: timezone, businessHours: hours, holidays: holidays, labels: labels,
            contacts: contacts, atOnce: atOnce)
    }
}
