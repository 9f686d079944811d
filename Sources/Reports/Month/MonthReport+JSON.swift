import Recurrence

extension MonthReport {
    public var json: JSONValue {
        [
            "client": .text(client.name), "timezone": .text(zone.name), "month": .text(month.description),
            "days": .array(days.map(Self.json)),
        ]
    }

    private static func json(_ day: Day) -> JSONValue {
        [
            "date": .text(day.date.description), "weekday": .text(day.date.weekday.name),
            "week": JSONValue(CalendarMonth.week(of: day.date)), "openings": .array(day.opened.map(json)),
            "closed": .array(
                day.closed.map {
                    [
                        "kind": .text($0.kind.rawValue), "name": .text($0.name), "calendar": .text($0.calendar),
                        "through": .text($0.through.description),
                    ]
                }),
            "due": .array(
                day.due.map {
                    [
                        "job": .text($0.job), "count": JSONValue($0.count), "first": JSONValue($0.first),
                        "last": JSONValue($0.last),
                    ]
                }),
        ]
    }

    /// A bound that is further away than was looked (ten years) is null.
    private static func json(_ opened: Opened) -> JSONValue {
        let opening = opened.opening
        return [
            "window": .text(opened.window),
            "opens": JSONValue(opening.opens == .distantPast ? nil : opening.opens),
            "lastStart": JSONValue(opening.lastStart == .distantFuture ? nil : opening.lastStart),
            "closes": JSONValue(opening.closes == .distantFuture ? nil : opening.closes),
        ]
    }
}
