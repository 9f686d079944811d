import Testing

@testable import Recurrence

struct ZoneTests {
    private func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }
    private func local(_ text: String) throws -> LocalTime { try #require(LocalTime(text)) }

    @Test func `gaps and overlaps are told apart`() throws {
        let zone = try Zone.named("America/Vancouver")
        #expect(try zone.resolve(local("2026-01-15T12:00")) == .unique(instant("2026-01-15T20:00:00Z")))
        #expect(
            try zone.resolve(local("2025-03-09T02:30"))
                == .gap(byOffsetBefore: instant("2025-03-09T10:30:00Z"), transition: instant("2025-03-09T10:00:00Z")))
        #expect(
            try zone.resolve(local("2025-11-02T01:30"))
                == .overlap(first: instant("2025-11-02T08:30:00Z"), second: instant("2025-11-02T09:30:00Z")))
    }

    @Test func `a day that Samoa left out does not exist`() throws {
        let zone = try Zone.named("Pacific/Apia")
        #expect(
            try zone.resolve(local("2011-12-30T12:00"))
                == .gap(byOffsetBefore: instant("2011-12-30T22:00:00Z"), transition: instant("2011-12-30T10:00:00Z")))
        #expect(try zone.local(instant("2011-12-30T09:59:59Z")) == local("2011-12-29T23:59:59"))
        #expect(try zone.local(instant("2011-12-30T10:00:00Z")) == local("2011-12-31T00:00:00"))
        #expect(try zone.startOfDay(#require(CivilDate("2011-12-30"))) == instant("2011-12-30T10:00:00Z"))
    }

    @Test func `half hours, two hours, and daylight saving that is negative`() throws {
        let lordHowe = try Zone.named("Australia/Lord_Howe")
        #expect(try lordHowe.offset(at: instant("2026-01-15T00:00:00Z")) == 39_600)
        #expect(try lordHowe.offset(at: instant("2026-07-15T00:00:00Z")) == 37_800)
        let troll = try Zone.named("Antarctica/Troll")
        #expect(try troll.offset(at: instant("2026-07-15T00:00:00Z")) == 7200)
        #expect(try troll.offset(at: instant("2026-01-15T00:00:00Z")) == 0)
        // Ireland's winter time is its "daylight saving" of minus an hour.
        let dublin = try Zone.named("Europe/Dublin")
        #expect(try dublin.offset(at: instant("2026-01-15T00:00:00Z")) == 0)
        #expect(try dublin.offset(at: instant("2026-07-15T00:00:00Z")) == 3600)
    }

    @Test func `rules go on for ever, every 400 years the same`() throws {
        for name in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Nuuk"] {
            let table = try Zone.named(name).table
            var time = try instant("2050-01-01T00:00:00Z").seconds
            let end = try instant("2060-01-01T00:00:00Z").seconds
            while time < end {
                for cycles in [1, 5, 19] as [Int64] {
                    let later = time + cycles * ZoneTable.cycle
                    #expect(table.offset(at: later) == table.offset(at: time), "\(name) \(time)")
                    let (one, other) = (table.segment(at: time), table.segment(at: later))
                    #expect(other.start - one.start == cycles * ZoneTable.cycle, "\(name) \(time)")
                    #expect(other.end - one.end == cycles * ZoneTable.cycle, "\(name) \(time)")
                }
                time += 1_234_567
            }
        }
    }

    @Test(arguments: [
        "UTC+3", "Europe/Berlin\u{0}x", "europe/berlin", "Europe/berlin", "", "Europe", "Europe/", "/Europe/Berlin",
        "../etc/passwd", "Europe/../Europe/Berlin", "right/Europe/Berlin", "posix/Europe/Berlin", "posixrules",
        "localtime",
        "tzdata.zi", "leap-seconds.list", "PST", "Berlin", "Europe/Berlin ", " UTC",
    ])
    func `a name that is not in the database to the letter is refused`(_ name: String) {
        #expect(throws: ZoneError.self) { try Zone.named(name) }
    }

    @Test func `a refused name comes with the nearest`() throws {
        #expect(Zone.nearestNames(to: "Europe/Berln").first == "Europe/Berlin")
        #expect(Zone.nearestNames(to: "vancouver") == ["America/Vancouver"])
        #expect(Zone.nearestNames(to: "europe/london").first == "Europe/London")
        #expect(Zone.nearestNames(to: "Nowhere/Atallatall") == [])
        #expect(Zone.nearestNames(to: "Europe/Londn").count <= 3)
        let error = #expect(throws: ZoneError.self) { try Zone.named("Europe/Londn") }
        #expect(error?.message == "unknown time zone 'Europe/Londn'")
        #expect(error?.hint == "did you mean 'Europe/London'?")
        let fixed = #expect(throws: ZoneError.self) { try Zone.named("UTC+3") }
        #expect(fixed?.hint == "a fixed offset is written 'Etc/GMT-3' (its sign is the other way)")
        let odd = #expect(throws: ZoneError.self) { try Zone.named("Europe/Berlin\u{0}x") }
        #expect(odd?.message == "unknown time zone 'Europe/Berlin\u{fffd}x'")
    }

    @Test func `every name of the database can be read`() throws {
        let names = ZoneNames.all()
        #expect(names.count > 300)
        for name in names { _ = try Zone.named(name) }
    }
}
