/// Recurrence rules that are well formed, made at random.
enum RandomRule {
    private static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    static func any(_ random: inout Seeded) -> String {
        let frequency = random.pick(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"])
        var parts = ["FREQ=\(frequency)"]
        if random.chance(40) { parts.append("INTERVAL=\(random.pick([2, 3, 5, 7, 12, 31, 60, 61, 400]))") }
        if random.chance(30) { parts.append("BYMONTH=\(joined(random.some(Array(1...12), most: 4)))") }
        let choosing = parts.count
        if frequency != "WEEKLY", random.chance(30) { parts.append("BYMONTHDAY=\(signed(&random, Array(1...31)))") }
        if frequency == "YEARLY", random.chance(15) { parts.append("BYYEARDAY=\(signed(&random, Array(1...366)))") }
        if frequency == "YEARLY", random.chance(15) {
            parts.append("BYWEEKNO=\(signed(&random, Array(1...53)))")
            if random.chance(50) { parts.append("BYDAY=\(days(&random, numbered: false))") }
        } else if random.chance(40) {
            parts.append("BYDAY=\(days(&random, numbered: frequency == "YEARLY" || frequency == "MONTHLY"))")
        }
        if random.chance(30) { parts.append("BYHOUR=\(joined(random.some(Array(0...23), most: 3)))") }
        if random.chance(20) { parts.append("BYMINUTE=\(joined(random.some(Array(0...59), most: 3)))") }
        if random.chance(10) { parts.append("BYSECOND=\(joined(random.some(Array(0...59), most: 3)))") }
        if parts.count > choosing, random.chance(30) { parts.append("BYSETPOS=\(signed(&random, [1, 2, 3]))") }
        if random.chance(25) { parts.append("WKST=\(random.pick(weekdays))") }
        if random.chance(15) { parts.append("SKIP=\(random.pick(["OMIT", "BACKWARD", "FORWARD"]))") }
        if random.chance(15) {
            parts.append("COUNT=\(Int.random(in: 1...50, using: &random))")
        } else if random.chance(15) {
            parts.append("UNTIL=\(random.pick(["20300101", "20351231T120000", "20280229T235959Z"]))")
        }
        return parts.joined(separator: ";")
    }

    /// Rules that recur often, for looking closely at some weeks.
    static func dense(_ random: inout Seeded) -> String {
        random.pick([
            "FREQ=MINUTELY;INTERVAL=17", "FREQ=HOURLY", "FREQ=HOURLY;INTERVAL=5;BYMINUTE=0,30", "FREQ=DAILY",
            "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,30", "FREQ=DAILY;BYHOUR=2;BYMINUTE=10,20,30,40;BYSETPOS=2,-1",
            "FREQ=MINUTELY;INTERVAL=15;BYHOUR=1,2,3", "FREQ=WEEKLY;BYDAY=MO,TU,TH,SU;BYHOUR=1,2", "FREQ=MONTHLY",
            "FREQ=HOURLY;COUNT=100", "FREQ=MINUTELY;INTERVAL=45;COUNT=500",
        ])
    }

    private static func joined(_ values: [Int]) -> String { values.map(String.init).joined(separator: ",") }

    private static func signed(_ random: inout Seeded, _ values: [Int]) -> String {
        let chosen = random.some(values, most: 3)
        return joined(chosen.map { random.chance(30) ? -$0 : $0 })
    }

    private static func days(_ random: inout Seeded, numbered: Bool) -> String {
        let chosen = random.some(Array(0...6), most: 4).map { weekdays[$0] }
        return chosen.map { day in
            numbered && random.chance(40) ? "\(random.pick([1, 2, 3, 4, 5, -1, -2]))\(day)" : day
        }.joined(separator: ",")
    }
}
