import Model
import Recurrence
import Reports

/// A forecast for people: how much there is each day, hour and queue, what will go wrong, and all starts where these are
/// asked for.
struct ForecastText {
    let forecast: Forecast
    let terminal: Terminal
    let wide: Bool

    init(_ forecast: Forecast, on terminal: Terminal, wide: Bool) {
        self.forecast = forecast
        self.terminal = terminal
        self.wide = wide
    }

    func write(_ write: (String) throws -> Void) throws {
        try write(summary + "\n\n")
        if !forecast.starts.isEmpty {
            try write(load.rendered(on: terminal) + "\n")
            try write(queues.rendered(on: terminal) + "\n")
            if wide { try starts(write) }
        }
        try write(problems)
    }

    /// `2026-11-21 10:00:00Z to 2026-11-28 10:00:00Z: 120 runs of 4 jobs for 2 clients, 20h of work`
    var summary: String {
        let span = "\(Words.moment(forecast.from)) to \(Words.moment(forecast.until))"
        guard !forecast.starts.isEmpty else { return "\(span): nothing starts" }
        let jobs = Set(forecast.starts.map { forecast.job(of: $0) }).count
        let clients = Set(forecast.starts.map { forecast.client(of: $0) }).count
        return "\(span): \(Words.count(forecast.starts.count, "run")) of \(Words.count(jobs, "job")) for "
            + "\(Words.count(clients, "client")), \(Words.span(forecast.load.total.work)) of work"
    }

    /// A line a day, or a week where there are very many days.
    var load: Table {
        let load = forecast.load
        let days = load.hours > 24 * 62 ? 7 : 1
        var table = Table([
            Table.Column(days == 1 ? "day" : "week from"), Table.Column("runs", .right), Table.Column("work", .right),
            Table.Column("00    06    12    18   "), Table.Column("busiest hour"),
        ])
        for span in LoadSpan.all(of: load, days: days) {
            let busiest = span.busiest.map { hour in
                "\(LocalText.minute(Zone.utc.local(load.moment(of: hour.hour)))) (\(hour.starts))"
            }
            table.add([
                Table.Cell("\(span.date.weekday.name.prefix(3)) \(span.date)"), Table.Cell(span.runs),
                Table.Cell(span.runs == 0 ? nil : Words.span(.seconds(Int64(span.seconds)))),
                Table.Cell(Sparkline.text(span.byHour)), Table.Cell(busiest),
            ])
        }
        return table
    }

    var queues: Table {
        var table = Table([
            Table.Column("queue", flexible: true), Table.Column("runs", .right), Table.Column("work", .right),
            Table.Column("most at once", .right), Table.Column("first at"),
        ])
        for row in forecast.load.queues {
            table.add([
                Table.Cell(row.queue), Table.Cell(row.runs), Table.Cell(Words.span(row.work)), Table.Cell(row.most),
                Table.Cell(row.mostAt.map { Words.moment($0) }),
            ])
        }
        return table
    }

    private func starts(_ write: (String) throws -> Void) throws {
        // In pieces, since each table is in memory as a whole.
        for first in stride(from: 0, to: forecast.starts.count, by: 50_000) {
            var table = Table([
                Table.Column("starts"), Table.Column("ends"), Table.Column("job"), Table.Column("client"),
                Table.Column("asset"), Table.Column("due"), Table.Column("ring", .right),
            ])
            for start in forecast.starts[first..<min(first + 50_000, forecast.starts.count)] {
                table.add([
                    Table.Cell(Words.moment(start.startsAt)), Table.Cell(Words.moment(start.endsAt)),
                    Table.Cell(forecast.job(of: start)), Table.Cell(forecast.client(of: start)),
                    Table.Cell(forecast.asset(of: start)), Table.Cell(Words.moment(start.due)), Table.Cell(start.ring),
                ])
            }
            try write(table.rendered(on: terminal, wide: true) + "\n")
        }
    }

    var problems: String {
        guard !forecast.problems.isEmpty else { return "Nothing stands in the way.\n" }
        var table = Table([
            Table.Column("problem"), Table.Column("job", flexible: true), Table.Column("client", flexible: true),
            Table.Column("times", .right), Table.Column("first", flexible: true), Table.Column("what", note: true),
        ])
        for trouble in ForecastTrouble.all(of: forecast.problems) {
            table.add([
                Table.Cell(trouble.first.kind.rawValue, style: .bad), Table.Cell(trouble.first.job),
                Table.Cell(trouble.client), Table.Cell(trouble.times),
                Table.Cell(trouble.first.due.map { Words.moment($0) }), Table.Cell(trouble.text),
            ])
        }
        return table.rendered(on: terminal, wide: wide)
    }
}
