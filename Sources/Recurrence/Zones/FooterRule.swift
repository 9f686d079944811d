/// What holds after a zone's last written transition: a POSIX `TZ` string with the extensions of RFC 9636 section
/// 3.3.1, such as `PST8PDT,M3.2.0,M11.1.0` or `<+0330>-3:30`.
struct FooterRule {
    /// A day of the year and the local time of the change on it.
    private struct Change {
        enum Day {
            /// `Jn`: 1 to 365, 29 February never counted.
            case julian(Int)
            /// `n`: 0 to 365, 29 February counted.
            case ordinal(Int)
            /// `Mm.w.d`: the w-th (5: the last) of weekday d (0: Sunday) in month m.
            case weekday(month: Int, week: Int, weekday: Int)
        }
        var day: Day
        var seconds: Int
    }

    private var standard: Int32?
    private var daylight: (offset: Int32, begins: Change, ends: Change)?

    init(_ text: [UInt8]) throws(TZifReader.Problem) {
        guard !text.isEmpty else { return }
        var reader = ByteReader(String(decoding: text, as: UTF8.self))
        guard reader.zoneAbbreviation(), let offset = reader.signedTime(most: 24) else {
            throw TZifReader.Problem(text: "its footer is not a rule")
        }
        standard = Int32(-offset)
        if reader.isAtEnd { return }
        guard reader.zoneAbbreviation() else { throw TZifReader.Problem(text: "its footer is not a rule") }
        var daylightOffset = -offset + 3600
        if let byte = reader.peek, byte != UInt8(ascii: ",") {
            guard let written = reader.signedTime(most: 24) else {
                throw TZifReader.Problem(text: "its footer is not a rule")
            }
            daylightOffset = -written
        }
        guard let begins = Self.change(&reader), let ends = Self.change(&reader), reader.isAtEnd else {
            throw TZifReader.Problem(text: "its footer's daylight saving is not a rule")
        }
        daylight = (Int32(daylightOffset), begins, ends)
    }

    /// The table of the written changes and those that the rule gives after them.
    func extend(initial: Int32, changes: [(at: Int64, offset: Int32)]) -> ZoneTable {
        guard let standard else { return ZoneTable(initial: initial, changes: changes) }
        let last = changes.last?.at ?? LocalTime.firstSecond
        guard let daylight else {
            // A footer that says other than the last transition did would be in force from then on.
            let tail = changes.last.map { (at: $0.at + 1, offset: standard) }
            return ZoneTable(
                initial: changes.isEmpty ? standard : initial, changes: changes + (tail.map { [$0] } ?? []))
        }
        let firstYear = CivilMath.civil(days: CivilMath.split(last).day).year
        var ruled: [(at: Int64, rank: Int, offset: Int32)] = []
        for year in (firstYear - 1)...(firstYear + 403) {
            ruled.append((time(daylight.begins, year) - Int64(standard), 1, daylight.offset))
            ruled.append((time(daylight.ends, year) - Int64(daylight.offset), 0, standard))
        }
        // Where one ends as the next begins (daylight saving all year), the beginning counts.
        ruled.sort { ($0.at, $0.rank) < ($1.at, $1.rank) }
        var list = changes
        for (index, change) in ruled.enumerated() where change.at > last {
            if index + 1 < ruled.count, ruled[index + 1].at == change.at { continue }
            list.append((change.at, change.offset))
        }
        let cycleStart = Int64(CivilMath.days(year: firstYear + 2, month: 1, day: 1)) * CivilMath.secondsPerDay
        return ZoneTable(initial: initial, changes: list, cycleStart: cycleStart)
    }

    private func time(_ change: Change, _ year: Int) -> Int64 {
        let newYear = CivilMath.days(year: year, month: 1, day: 1)
        let day: Int
        switch change.day {
        case .julian(let number):
            day = newYear + number - (CivilMath.isLeap(year) && number >= 60 ? 0 : 1)
        case .ordinal(let number):
            day = newYear + number
        case .weekday(let month, let week, let weekday):
            let first = CivilMath.days(year: year, month: month, day: 1)
            // POSIX counts from Sunday, CivilMath from Monday.
            let offset = CivilMath.modulo(weekday + 6 - CivilMath.weekday(days: first), 7) + (week - 1) * 7
            day = first + (offset < CivilMath.length(year: year, month: month) ? offset : offset - 7)
        }
        return Int64(day) * CivilMath.secondsPerDay + Int64(change.seconds)
    }

    /// `,M3.2.0/2`
    private static func change(_ reader: inout ByteReader) -> Change? {
        guard reader.take(UInt8(ascii: ",")), let day = day(&reader) else { return nil }
        guard reader.take(UInt8(ascii: "/")) else { return Change(day: day, seconds: 7200) }
        guard let seconds = reader.signedTime(most: 167) else { return nil }
        return Change(day: day, seconds: seconds)
    }

    private static func day(_ reader: inout ByteReader) -> Change.Day? {
        if reader.take(UInt8(ascii: "J")) {
            guard let number = reader.number(), (1...365).contains(number) else { return nil }
            return .julian(number)
        }
        guard reader.take(UInt8(ascii: "M")) else {
            guard let number = reader.number(), number <= 365 else { return nil }
            return .ordinal(number)
        }
        guard let month = reader.number(), (1...12).contains(month), reader.take(UInt8(ascii: ".")),
            let week = reader.number(), (1...5).contains(week), reader.take(UInt8(ascii: ".")),
            let weekday = reader.number(), weekday <= 6
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
    }
}

extension ByteReader {
    /// `PST` or `<+03>`: its text does not matter here.
    fileprivate mutating func zoneAbbreviation() -> Bool {
        let start = position
        if take(UInt8(ascii: "<")) {
            while let byte = peek, byte != UInt8(ascii: ">") { position += byte == 0 ? bytes.count : 1 }
            return take(UInt8(ascii: ">"))
        }
        while let byte = peek, byte.isLetter { position += 1 }
        return position - start >= 3
    }

    /// `-3:30:00` in seconds, hours up to `most`.
    fileprivate mutating func signedTime(most: Int) -> Int? {
        let negative = take(UInt8(ascii: "-"))
        if !negative { _ = take(UInt8(ascii: "+")) }
        guard let hours = number(), hours <= most else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] {
            guard take(UInt8(ascii: ":")) else { break }
            guard let value = number(), value < 60 else { return nil }
            seconds += value * unit
        }
        return negative ? -seconds : seconds
    }
}
