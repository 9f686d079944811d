import Recurrence

/// In which hours of the day runs start: a row for each day, or for each day of the week where there are many.
struct HourMap {
    let load: ForecastLoad

    /// So many days have a row each.
    static let mostDays = 31
    private static let (width, left, row) = (1080.0, 110.0, 20.0)

    var svg: String {
        let rows = rows
        let most = Double(max(1, rows.flatMap(\.runs).max() ?? 1))
        let step = (Self.width - Self.left) / 24
        let height = Double(rows.count) * Self.row + 22
        var text = "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(height))\" role=\"img\" "
        text += "aria-label=\"Runs that start in each hour\">\n"
        for hour in stride(from: 0, to: 24, by: 3) {
            let x = Self.left + Double(hour) * step
            text += "<text x=\"\(Markup.number(x))\" y=\"12\">\(hour < 10 ? "0" : "")\(hour):00</text>"
        }
        for (place, row) in rows.enumerated() {
            let y = 20 + Double(place) * Self.row
            text += "\n<text class=\"name\" x=\"0\" y=\"\(Markup.number(y + 14))\">\(row.name)</text>"
            for hour in 0..<24 {
                text += cell(
                    row.runs[hour], of: most, x: Self.left + Double(hour) * step, y: y, width: step, row.name, hour)
            }
        }
        return text + "\n</svg>"
    }

    private func cell(
        _ runs: Int, of most: Double, x: Double, y: Double, width: Double, _ name: String, _ hour: Int
    ) -> String {
        let place = "x=\"\(Markup.number(x))\" y=\"\(Markup.number(y))\" width=\"\(Markup.number(width - 2))\" "
        guard runs > 0 else { return "<rect class=\"row\" \(place)height=\"\(Int(Self.row) - 2)\"/>" }
        let strength = 0.15 + 0.85 * Double(runs) / most
        return "<rect class=\"mark\" \(place)height=\"\(Int(Self.row) - 2)\" opacity=\"\(Markup.number(strength))\">"
            + "<title>\(name) \(hour < 10 ? "0" : "")\(hour):00: \(Markup.count(runs))</title></rect>"
    }

    private var rows: [(name: String, runs: [Int])] {
        load.hours > 24 * Self.mostDays ? weekdays : days
    }

    private var days: [(name: String, runs: [Int])] {
        var rows: [(name: String, runs: [Int])] = []
        for hour in 0..<load.hours {
            let local = Zone.utc.local(load.moment(of: hour))
            let name = "\(local.date.weekday.name.prefix(3)) \(local.date)"
            if rows.last?.name != name { rows.append((name, [Int](repeating: 0, count: 24))) }
            rows[rows.count - 1].runs[local.hour] += Int(load.total.starts[hour])
        }
        return rows
    }

    private var weekdays: [(name: String, runs: [Int])] {
        var rows = Weekday.allCases.map { (name: "\($0.name)s", runs: [Int](repeating: 0, count: 24)) }
        for hour in 0..<load.hours {
            let local = Zone.utc.local(load.moment(of: hour))
            let place = Weekday.allCases.firstIndex(of: local.date.weekday) ?? 0
            rows[place].runs[local.hour] += Int(load.total.starts[hour])
        }
        return rows
    }
}
