import Testing

@testable import Recurrence

/// Windows that never close: an opening without an end is the last one.
struct EndlessWindowTests {
    private static let zones = [
        "UTC", "Europe/London", "Asia/Tokyo", "America/Vancouver", "Pacific/Kiritimati", "Pacific/Niue",
        "Asia/Kathmandu", "Australia/Lord_Howe",
    ]

    /// Every way in which a window can come to be open for ever.
    private static func endless(in zone: Zone, except: [ClosedDays] = []) throws -> [Window] {
        let daily = Schedule.cron(try CronExpression("0 0 * * *"), zone: zone)
        return [
            Window.outside(businessHours: try BusinessHours([]), zone: zone, except: except),
            try Window.opening(daily, duration: try #require(Span("26h")), except: except),
            try Window.opening(
                .every(.seconds(3600), zone: zone), duration: try #require(Span("1h")),
                cutoff: try #require(Span("5m")), except: except),
        ]
    }

    @Test(arguments: zones) func `what is open for ever has one opening`(_ name: String) throws {
        for window in try Self.endless(in: try Zone.named(name)) {
            for after in [Instant.distantPast, Instant(seconds: 1_800_000_000)] {
                let found = Array(window.openings(after: after).prefix(3))
                #expect(found.count == 1, "\(window.inWords) after \(after)")
                #expect(found.first?.closes == .distantFuture && found.first?.lastStart == .distantFuture)
            }
        }
    }

    @Test(arguments: zones) func `after a freeze it opens once more, for ever`(_ name: String) throws {
        var closed = ClosedDays()
        try closed.addFreeze(
            from: try #require(CivilDate("2027-02-01")), through: try #require(CivilDate("2027-02-03")), reason: "Move")
        let zone = try Zone.named(name)
        for window in try Self.endless(in: zone, except: [closed]) {
            let found = Array(window.openings(after: Instant(seconds: 1_800_000_000)).prefix(3))
            #expect(found.count == 2, "\(window.inWords)")
            #expect(found.first?.closes == zone.startOfDay(try #require(CivilDate("2027-02-01"))))
            #expect(found.last?.opens == zone.startOfDay(try #require(CivilDate("2027-02-04"))))
            #expect(found.last?.closes == .distantFuture)
        }
    }

    /// A day of 24 hours on a clock that is put on or back leaves no gap, or one of an hour each year.
    @Test(arguments: zones) func `a day's length each midnight joins wherever days are no longer`(_ name: String) throws
    {
        let zone = try Zone.named(name)
        let window = try Window.opening(
            .cron(try CronExpression("0 0 * * *"), zone: zone), duration: try #require(Span("24h")))
        let found = Array(window.openings(after: Instant(seconds: 1_800_000_000)).prefix(3))
        let isEndless = found.first?.closes == .distantFuture
        #expect(found.count == (isEndless ? 1 : 3))
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.closes < $1.opens })
    }

    @Test(arguments: zones) func `at the end of time nothing opens, and nothing falls over`(_ name: String) throws {
        let zone = try Zone.named(name)
        let hours = try BusinessHours(["Mon-Fri 08:00-18:00"])
        var windows = try Self.endless(in: zone)
        windows.append(Window.outside(businessHours: hours, zone: zone))
        windows.append(Window.outside(businessHours: try BusinessHours(["daily 00:00-24:00"]), zone: zone))
        for window in windows {
            for back in [0, 1, 3600, 86_400, 3 * 86_400] {
                let after = Instant.distantFuture - .seconds(back)
                #expect(Array(window.openings(after: after).prefix(9)).count < 9, "\(window.inWords) after \(after)")
                _ = window.closedReason(at: after)
            }
            #expect(window.openings(after: .distantFuture).first { _ in true } == nil)
        }
    }
}
