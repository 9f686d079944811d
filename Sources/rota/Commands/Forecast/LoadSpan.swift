import Recurrence
import Reports

/// The load of a day or of some days, as UTC counts them.
struct LoadSpan {
    var date: CivilDate
    var runs = 0
    var seconds = 0.0
    /// Runs that start in each hour of the day, over all of its days.
    var byHour = [Int](repeating: 0, count: 24)
    /// The place of the hour in which most start, and how many.
    var busiest: (hour: Int, starts: Int32)?

    static func all(of load: ForecastLoad, days: Int) -> [LoadSpan] {
        var spans: [LoadSpan] = []
        let first = Zone.utc.local(load.begin).date.daysSinceEpoch
        for hour in 0..<load.hours {
            let local = Zone.utc.local(load.moment(of: hour))
            let place = (local.date.daysSinceEpoch - first) / days
            if place == spans.count { spans.append(LoadSpan(date: local.date)) }
            spans[place].add(hour, of: load.total, at: local.hour)
        }
        return spans
    }

    private mutating func add(_ hour: Int, of row: ForecastLoad.Row, at hourOfDay: Int) {
        let starts = row.starts[hour]
        runs += Int(starts)
        seconds += row.seconds[hour]
        byHour[hourOfDay] += Int(starts)
        if starts > busiest?.starts ?? 0 { busiest = (hour, starts) }
    }
}

/// Numbers as a line of bars, one a cell.
enum Sparkline {
    private static let bars = Array("▁▂▃▄▅▆▇█")

    /// The highest bar stands for the largest number, a dot for none.
    static func text(_ numbers: [Int]) -> String {
        let most = max(1, numbers.max() ?? 1)
        return String(numbers.map { $0 == 0 ? "·" : bars[($0 * bars.count + most - 1) / most - 1] })
    }
}
