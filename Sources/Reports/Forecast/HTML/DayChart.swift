import Recurrence

/// How many runs start on each day: a bar for each.
struct DayChart {
    let load: ForecastLoad

    private static let (width, height, left, bottom) = (1080.0, 190.0, 48.0, 22.0)

    var svg: String {
        let days = days
        let most = Double(max(1, days.map(\.runs).max() ?? 1))
        let step = (Self.width - Self.left) / Double(days.count)
        let scale = (Self.height - Self.bottom - 16) / most
        var text =
            "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"img\" aria-label=\"Runs a day\">\n"
        text += "<text x=\"0\" y=\"20\">\(Markup.count(Int(most)))</text>"
        text += "<text x=\"0\" y=\"\(Int(Self.height - Self.bottom))\">0</text>\n"
        for (index, day) in days.enumerated() {
            let height = Double(day.runs) * scale
            let (x, y) = (Self.left + Double(index) * step, Self.height - Self.bottom - height)
            if day.runs > 0 {
                text += "<rect class=\"mark\" x=\"\(Markup.number(x))\" y=\"\(Markup.number(y))\" "
                text += "width=\"\(Markup.number(max(0.5, step * 0.85)))\" height=\"\(Markup.number(height))\">"
                text +=
                    "<title>\(day.date.weekday.name.prefix(3)) \(day.date): \(Markup.count(day.runs))</title></rect>\n"
            }
            if isLabelled(index, of: days) {
                text += "<text x=\"\(Markup.number(x))\" y=\"\(Int(Self.height) - 6)\">\(day.date)</text>\n"
            }
        }
        return text + "</svg>"
    }

    /// As many labels as there is room for: about twelve.
    private func isLabelled(_ index: Int, of days: [(date: CivilDate, runs: Int)]) -> Bool {
        index % max(1, (days.count + 11) / 12) == 0
    }

    private var days: [(date: CivilDate, runs: Int)] {
        var days: [(date: CivilDate, runs: Int)] = []
        for hour in 0..<load.hours {
            let date = Zone.utc.local(load.moment(of: hour)).date
            if days.last?.date != date { days.append((date, 0)) }
            days[days.count - 1].runs += Int(load.total.starts[hour])
        }
        return days
    }
}
