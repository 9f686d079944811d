import Recurrence

/// When each job is at work for each client, from the first moment to the last: what lies too near together is drawn as one.
/// Where there are very many rows there is one for each job.
struct TimelineChart {
    private let forecast: Forecast
    /// So many rows are drawn: those with the most runs.
    static let mostRows = 60
    private static let (width, left, row) = (1080.0, 230.0, 18.0)
    /// Across; a run is at least one of them wide.
    private static let columns = 850

    init(_ forecast: Forecast) { self.forecast = forecast }

    var svg: String {
        let all = rows
        let rows = all.prefix(Self.mostRows)
        let height = Double(rows.count) * Self.row + 24
        var text = "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(height))\" role=\"img\" "
        text += "aria-label=\"When each job is at work\">\n"
        for label in labels {
            let x = Markup.number(Self.left + Double(label.column))
            text += "<text x=\"\(x)\" y=\"12\">\(label.text)</text>"
            text += "<line class=\"grid\" x1=\"\(x)\" y1=\"18\" x2=\"\(x)\" y2=\"\(Int(height))\"/>\n"
        }
        for (place, row) in rows.enumerated() {
            let y = 20 + Double(place) * Self.row
            text += "<text class=\"name\" x=\"0\" y=\"\(Markup.number(y + 13))\">\(Markup.escaped(Self.cut(row.name)))"
            text += "<title>\(Markup.escaped(row.name)): \(Markup.count(row.runs)) runs</title></text>\n"
            text += marks(row.columns, y: y)
        }
        text += "</svg>"
        let more = all.count - rows.count
        return more > 0 ? text + "<p class=\"faint\">and \(Markup.count(more)) more with fewer runs</p>" : text
    }

    private func marks(_ columns: [Bool], y: Double) -> String {
        var text = ""
        var column = 0
        while column < columns.count {
            guard columns[column] else {
                column += 1
                continue
            }
            let end = columns[column...].firstIndex(of: false) ?? columns.count
            text += "<rect class=\"mark\" x=\"\(Int(Self.left) + column)\" y=\"\(Markup.number(y + 2))\" "
            text += "width=\"\(end - column)\" height=\"\(Int(Self.row) - 5)\"/>"
            column = end
        }
        return text + "\n"
    }

    private struct Row {
        var name: String
        var runs = 0
        var columns = [Bool](repeating: false, count: TimelineChart.columns)
    }

    private var rows: [Row] {
        let isByJob = Set(forecast.starts.map(\.assignment)).count > Self.mostRows
        let total = Double(max(1, forecast.until.microseconds - forecast.from.microseconds))
        func column(_ instant: Instant) -> Int {
            let share = Double(instant.microseconds - forecast.from.microseconds) / total
            return max(0, min(Self.columns - 1, Int(share * Double(Self.columns))))
        }
        var places: [String: Int] = [:]
        var names: [Int32: Int] = [:]
        var rows: [Row] = []
        for start in forecast.starts {
            if names[start.assignment] == nil {
                let assignment = forecast.assignments[Int(start.assignment)]
                let name = isByJob ? assignment.job : "\(assignment.job) \(assignment.client)"
                if places[name] == nil {
                    places[name] = rows.count
                    rows.append(Row(name: name))
                }
                names[start.assignment] = places[name]
            }
            guard let place = names[start.assignment] else { continue }
            rows[place].runs += 1
            for at in column(start.startsAt)...column(start.endsAt) { rows[place].columns[at] = true }
        }
        return rows.sorted { ($1.runs, $0.name) < ($0.runs, $1.name) }
    }

    /// About eight moments along the top, at midnights.
    private var labels: [(column: Int, text: String)] {
        let days = max(1, Int((forecast.until - forecast.from).components.seconds / 86_400))
        let first = (forecast.from.seconds + 86_399) / 86_400
        let total = Double(max(1, forecast.until.seconds - forecast.from.seconds))
        return stride(from: Int64(0), to: Int64(days), by: max(1, (days + 7) / 8)).compactMap { day in
            let midnight = (first + day) * 86_400
            let share = Double(midnight - forecast.from.seconds) / total
            guard share < 0.92 else { return nil }
            return (Int(share * Double(Self.columns)), PageWords.day(Instant(seconds: midnight)))
        }
    }

    private static func cut(_ name: String) -> String {
        name.count > 36 ? "\(name.prefix(35))…" : name
    }
}
