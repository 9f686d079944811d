import Recurrence

extension Forecast {
    /// So many problems are told on the page; the rest is counted.
    static let mostTroubles = 200

    /// One page that needs nothing else: no script, no font, no picture from anywhere. Moments are those of UTC.
    public func writeHTML(_ write: (String) throws -> Void) throws {
        try write(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
            base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Forecast \(PageWords.day(from)) to \(PageWords.day(until))</title>
            <style>
            \(ForecastStyle.sheet)
            </style>
            </head>
            <body>
            <main>
            <h1>What will run</h1>
            <p class="faint">\(PageWords.moment(from)) to \(PageWords.moment(until)), all times in UTC</p>

            """)
        let troubles = ForecastTrouble.all(of: problems)
        try write(figures(troubles))
        try write(section("What stands in the way", problemTable(troubles), isLong: true))
        if !starts.isEmpty {
            try write(section("Runs a day", DayChart(load: load).svg))
            try write(section("Hours", HourMap(load: load).svg))
            try write(section("Queues", queueTable))
            try write(section("Jobs", TimelineChart(self).svg, isLong: true))
        }
        try write("</main>\n</body>\n</html>\n")
    }

    private func section(_ title: String, _ body: String, isLong: Bool = false) -> String {
        "<section\(isLong ? " class=\"long\"" : "")>\n<h2>\(title)</h2>\n\(body)\n</section>\n"
    }

    private func figures(_ troubles: [ForecastTrouble]) -> String {
        let jobs = Set(starts.map(\.assignment)).map { assignments[Int($0)] }
        let all = [
            (Markup.count(starts.count), "runs", false),
            ("\(Set(jobs.map(\.job)).count)", "jobs for \(Set(jobs.map(\.client)).count) clients", false),
            (PageWords.hours(load.total.work), "of work", false),
            (Markup.count(load.total.most), "at once, at most", false),
            (Markup.count(troubles.count), "things in the way", !troubles.isEmpty),
        ]
        let figures = all.map { number, words, isBad in
            "<div class=\"figure\(isBad ? " bad" : "")\"><b>\(number)</b><span>\(words)</span></div>"
        }
        return "<div class=\"figures\">\n\(figures.joined(separator: "\n"))\n</div>\n"
    }

    private func problemTable(_ troubles: [ForecastTrouble]) -> String {
        guard !troubles.isEmpty else { return "<p>Nothing.</p>" }
        var text = "<table>\n<tr><th>Problem</th><th>Job</th><th>Client</th><th class=\"number\">Times</th>"
        text += "<th>First</th><th>What, and how to mend it</th></tr>\n"
        for trouble in troubles.prefix(Self.mostTroubles) {
            let problem = trouble.first
            text += "<tr><td><span class=\"kind\">\(problem.kind.rawValue)</span></td>"
            text +=
                "<td>\(Markup.escaped(problem.job ?? "all"))</td><td>\(Markup.escaped(trouble.client ?? "all"))</td>"
            text += "<td class=\"number\">\(Markup.count(trouble.times))</td>"
            text += "<td class=\"moment\">\(problem.due.map(PageWords.moment) ?? "")</td>"
            text += "<td>\(Markup.escaped(trouble.text))</td></tr>\n"
        }
        text += "</table>"
        let more = troubles.count - Self.mostTroubles
        return more > 0 ? text + "<p class=\"faint\">and \(Markup.count(more)) more</p>" : text
    }

    private var queueTable: String {
        var text = "<table>\n<tr><th>Queue</th><th class=\"number\">Runs</th><th class=\"number\">Work</th>"
        text += "<th class=\"number\">Most at once</th><th>First at</th></tr>\n"
        for row in load.queues {
            text += "<tr><td>\(Markup.escaped(row.queue))</td><td class=\"number\">\(Markup.count(row.runs))</td>"
            text += "<td class=\"number\">\(PageWords.hours(row.work))</td>"
            text += "<td class=\"number\">\(Markup.count(row.most))</td>"
            text += "<td class=\"moment\">\(row.mostAt.map(PageWords.moment) ?? "")</td></tr>\n"
        }
        return text + "</table>"
    }
}

/// Moments and lengths of time as the page says them.
enum PageWords {
    static func day(_ instant: Instant) -> String { Zone.utc.local(instant).date.description }

    /// `Sun 2026-11-22 10:00`
    static func moment(_ instant: Instant) -> String {
        let local = Zone.utc.local(instant)
        let minutes = local.minute < 10 ? "0\(local.minute)" : "\(local.minute)"
        return
            "\(local.date.weekday.name.prefix(3)) \(local.date) \(local.hour < 10 ? "0" : "")\(local.hour):\(minutes)"
    }

    /// `1,204 h`, or minutes where it is less than two hours.
    static func hours(_ duration: Duration) -> String {
        let minutes = Int(duration.components.seconds / 60)
        return minutes < 120 ? "\(minutes) min" : "\(Markup.count(minutes / 60)) h"
    }
}
