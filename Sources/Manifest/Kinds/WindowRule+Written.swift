import Model
import Recurrence

extension WindowRule: Written {
    enum Fields {
        static let name = Field<WindowRule, String>.name { $0.name }
        static let opens = Field<WindowRule, WindowOpens>.optional("opens", .object, "When it opens") {
            $0.opens.map(WindowOpens.init)
        }
        static let duration = Field<WindowRule, Span>.optional(
            "duration", .span(from: Span(seconds: 1)), "Elapsed time from opening to closing"
        ) { $0.duration }
        static let outside = Field<WindowRule, Outside>.optional(
            "outside", .choice([.businessHours]), "Open whenever the client's business hours are not"
        ) { $0.outside }
        static let cutoff = Field<WindowRule, Span>.optional(
            "cutoff", .span(from: Span()), "No run starts in this last part of an opening"
        ) { $0.cutoff }
        static let atClose = Field<WindowRule, AtClose>.standard(
            "atClose", .choice([.finish, .stop]), .finish,
            "finish: what still runs when it closes goes on to its end; stop: it is ended"
        ) { $0.atClose ?? .finish }
        static let timezone = Field<WindowRule, String>.optional(
            "timezone", .zone, "An IANA time zone; left out: each client's own"
        ) { $0.timezone }
        static let except = Field<WindowRule, [String]>.standard(
            "except", .names, [], "Calendars on whose days and in whose freezes it stays closed"
        ) { $0.except }
    }

    static let table = Table<WindowRule>(
        name: "Window", about: "When runs may start",
        fields: [
            AnyField(Field.kind("Window")), AnyField(Fields.name), AnyField(Fields.opens), AnyField(Fields.duration),
            AnyField(Fields.outside), AnyField(Fields.cutoff), AnyField(Fields.atClose), AnyField(Fields.timezone),
            AnyField(Fields.except),
        ],
        exactlyOne: ["opens", "outside"], requires: [("opens", "duration")], onlyWith: [("duration", "opens")],
        elsewhere: ["cron": "opens", "rrule": "opens", "starting": "opens", "offset": "opens"])

    init?(_ object: ObjectReader<WindowRule>) {
        let name = object[Fields.name]
        let opens = object[Fields.opens]
        let duration = object[Fields.duration]
        let outside = object[Fields.outside]
        let cutoff = object[Fields.cutoff]
        let atClose = object[Fields.atClose]
        let timezone = object[Fields.timezone]
        let except = object[Fields.except]
        guard let name, let except, let atClose else { return nil }
        self.init(
            name: name, opens: opens?.rule, duration: duration, outside: outside, cutoff: cutoff, timezone: timezone,
            except: except, atClose: atClose == .stop ? .stop : nil)
    }
}
