import Model
import Recurrence

extension Calendar: Written {
    enum Fields {
        static let name = Field<Calendar, String>.name { $0.name }
        static let days = Field<Calendar, [Day]>.standard(
            "days", .list(.object, most: 1000), [], "Whole local days"
        ) { $0.days }
        static let freezes = Field<Calendar, [Freeze]>.standard(
            "freezes", .list(.object, most: 1000), [], "Spans of whole local days, both ends included"
        ) { $0.freezes }
    }

    static let table = Table<Calendar>(
        name: "Calendar", about: "Days on which windows stay closed, or people do not work",
        fields: [
            AnyField(Field.kind("Calendar")), AnyField(Fields.name), AnyField(Fields.days), AnyField(Fields.freezes),
        ])

    init?(_ object: ObjectReader<Calendar>) {
        let name = object[Fields.name]
        let days = object[Fields.days]
        let freezes = object[Fields.freezes]
        guard let name, let days, let freezes else { return nil }
        let rules = days.count { $0.rrule != nil }
        guard rules <= Limits.calendarRules else {
            object.refuse(
                "'days' has \(rules) rules", hint: "at most \(Limits.calendarRules) are allowed; dates are cheaper",
                at: "days")
            return nil
        }
        self.init(name: name, days: days, freezes: freezes)
    }
}

extension Calendar.Day: Written {
    enum Fields {
        static let date = Field<Calendar.Day, CivilDate>.optional("date", .date, "One day") { $0.date }
        static let rrule = Field<Calendar.Day, String>.optional(
            "rrule", .rrule, "Days by a recurrence rule of RFC 5545"
        ) { $0.rrule }
        static let starting = Field<Calendar.Day, CivilDate>.optional(
            "starting", .date, "The first day from which the rule counts"
        ) { $0.starting }
        static let name = Field<Calendar.Day, String>.optional("name", .line(most: 200), "What day it is") { $0.name }
    }

    static let table = Table<Calendar.Day>(
        name: "Day", about: "One whole local day by its date, or those of a rule",
        fields: [AnyField(Fields.date), AnyField(Fields.rrule), AnyField(Fields.starting), AnyField(Fields.name)],
        exactlyOne: ["date", "rrule"], requires: [("rrule", "starting")], onlyWith: [("starting", "rrule")])

    init?(_ object: ObjectReader<Calendar.Day>) {
        self.init(
            date: object[Fields.date], rrule: object[Fields.rrule], starting: object[Fields.starting],
            name: object[Fields.name])
    }
}

extension Calendar.Freeze: Written {
    enum Fields {
        static let from = Field<Calendar.Freeze, CivilDate>.required("from", .date, "The first day") { $0.from }
        static let through = Field<Calendar.Freeze, CivilDate>.required("through", .date, "The last day") { $0.through }
        static let reason = Field<Calendar.Freeze, String>.optional(
            "reason", .line(most: 200), "Why nothing is to be touched"
        ) { $0.reason }
    }

    static let table = Table<Calendar.Freeze>(
        name: "Freeze", about: "Whole local days, both ends included",
        fields: [AnyField(Fields.from), AnyField(Fields.through), AnyField(Fields.reason)])

    init?(_ object: ObjectReader<Calendar.Freeze>) {
        let from = object[Fields.from]
        let through = object[Fields.through]
        let reason = object[Fields.reason]
        guard let from, let through else { return nil }
        guard from <= through else {
            object.refuse("'through' (\(through)) is before 'from' (\(from))", hint: "swap the two", at: "through")
            return nil
        }
        self.init(from: from, through: through, reason: reason)
    }
}
