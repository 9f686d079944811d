import Recurrence

/// A file of events that calendar programs open or subscribe to: iCalendar, RFC 5545.
struct ICalendar {
    struct Event {
        /// Tells the event from every other one, and is the same each time that it is told.
        var uid: String
        var start: Instant
        /// Later than the start (RFC 5545 section 3.6.1).
        var end: Instant
        /// One line.
        var summary: String
        /// Lines.
        var description: [String]
    }

    /// What it is called, for programs that show that.
    var name: String
    var events: [Event]

    /// The whole file.
    ///
    /// - Parameter now: when it is made, which each event has to say.
    func text(now: Instant) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rota//Rota \(Self.escaped(Version.current))//EN",
            "CALSCALE:GREGORIAN", "X-WR-CALNAME:\(Self.escaped(name))",
        ]
        for event in events {
            lines += [
                "BEGIN:VEVENT", "UID:\(Self.escaped(event.uid))", "DTSTAMP:\(Self.compact(now))",
                "DTSTART:\(Self.compact(event.start))", "DTEND:\(Self.compact(event.end))",
                "SUMMARY:\(Self.escaped(event.summary))",
                "DESCRIPTION:" + event.description.map(Self.escaped).joined(separator: "\\n"),
                // That a window is open, or a job due, makes nobody busy.
                "TRANSP:TRANSPARENT", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return lines.map { Self.folded($0) + "\r\n" }.joined()
    }

    /// `20260215T100000Z`: in UTC, to the second.
    static func compact(_ instant: Instant) -> String {
        Instant(seconds: instant.seconds).description.filter { $0 != "-" && $0 != ":" }
    }

    /// One line of text as a value (RFC 5545 section 3.3.11).
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in PlainText.line(text) {
            if character == "\\" || character == ";" || character == "," { result.append("\\") }
            result.append(character)
        }
        return result
    }

    /// In parts of at most 75 octets, those after the first beginning with a blank (section 3.1). No character is cut.
    static func folded(_ line: String) -> String {
        guard line.utf8.count > 75 else { return line }
        var (result, taken) = ("", 0)
        for scalar in line.unicodeScalars {
            let length = UTF8.width(scalar)
            if taken + length > 75 {
                result += "\r\n "
                taken = 1
            }
            result.unicodeScalars.append(scalar)
            taken += length
        }
        return result
    }
}
