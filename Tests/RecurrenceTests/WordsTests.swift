import Recurrence
import Testing

struct WordsTests {
    @Test(arguments: [
        ("0 2 * * SUN", "at 02:00 every Sunday"),
        ("*/15 * * * *", "every 15 minutes"),
        ("* * * * *", "every minute"),
        ("0 * * * 1-5", "every hour on the hour every Monday to Friday"),
        ("*/15 9-17 * * MON-FRI", "every 15 minutes from 09:00 to 17:45 every Monday to Friday"),
        ("0 4,16 1 * *", "at 04:00 and 16:00 on the 1st of every month"),
        ("0 4 1,15 JAN,JUL *", "at 04:00 on the 1st and 15th of January and July"),
        ("30 3 * * 2#2", "at 03:30 on the second Tuesday of every month"),
        ("30 3 * * 5L", "at 03:30 on the last Friday of every month"),
        ("0 6 LW * *", "at 06:00 on the last weekday of every month"),
        ("0 6 L-2 * *", "at 06:00 on the third to last day of every month"),
        ("0 6 15W * *", "at 06:00 on the weekday nearest to the 15th of every month"),
        ("0 0 13 * FRI", "at 00:00 on the 13th of every month and every Friday"),
        (
            "0 0 */2 * FRI",
            "at 00:00 on the 1st, 3rd, 5th, 7th, 9th, 11th, 13th, 15th, 17th, 19th, 21st, 23rd, 25th, 27th, "
                + "29th and 31st of every month where that is a Friday"
        ),
        ("15,45 */2 * 6-8 *", "at the minutes 15 and 45 of every second hour every day in June to August"),
        ("*/20 */2 * * *", "every 20 minutes in every second hour"),
        ("*/25 * * * *", "at the minutes 0, 25 and 50 of every hour"),
        ("5 * * * *", "every hour at five minutes past"),
        ("30 0 2 1 * *", "at 02:00:30 on the 1st of every month"),
        ("@daily", "at 00:00 every day"),
    ])
    func `a cron expression is said in words`(_ text: String, _ words: String) throws {
        let schedule = Schedule.cron(try CronExpression(text), zone: .utc)
        #expect(schedule.inWords == words + ", UTC")
    }

    @Test(arguments: [
        ("FREQ=DAILY", "at 02:00 every day"),
        ("FREQ=DAILY;INTERVAL=3", "at 02:00 every three days, counted from 2026-01-13"),
        ("FREQ=WEEKLY", "at 02:00 every Tuesday"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
            "at 02:00 on Monday and Friday of every second week, counted from 2026-01-13"
        ),
        ("FREQ=MONTHLY;BYDAY=2TU", "at 02:00 on the second Tuesday of every month"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "at 02:00 on the last weekday of every month"),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1,-1",
            "at 02:00 on the 1st and the last day of every third month, counted from 2026-01-13"
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "at 02:00 on the 13th where that is a Friday of every month"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD",
            "at 02:00 on the 31st of every month (the day before where there is no such day)"
        ),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25;BYHOUR=9", "at 09:00 on the 25th of December every year"),
        ("FREQ=YEARLY", "at 02:00 on 13 January every year"),
        ("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "at 02:00 on the last Sunday of March every year"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "at 02:00 on Monday in week 20 of every year"),
        ("FREQ=YEARLY;BYYEARDAY=100", "at 02:00 on the 100th day of every year"),
        ("FREQ=HOURLY;INTERVAL=6", "every six hours, counted from 2026-01-13"),
        ("FREQ=MINUTELY;INTERVAL=15;BYHOUR=9,10,11", "every 15 minutes in the hours 09 to 11, counted from 2026-01-13"),
        ("FREQ=DAILY;COUNT=10", "at 02:00 every day, ten times"),
        ("FREQ=DAILY;UNTIL=20261231", "at 02:00 every day, until 2026-12-31"),
    ])
    func `a recurrence rule is said in words`(_ text: String, _ words: String) throws {
        let start = try #require(LocalTime("2026-01-13T02:00"))
        let schedule = try Schedule.rrule(try RecurrenceRule(text), starting: start, zone: .utc)
        #expect(schedule.inWords == words + ", UTC")
    }

    @Test func `offsets, moves, zones and windows are said in words`() throws {
        let zone = try Zone.named("America/Vancouver")
        let start = try #require(LocalTime("2026-01-13T02:00"))
        let patchTuesday = try RecurrenceRule("FREQ=MONTHLY;BYDAY=2TU")
        let schedule = try Schedule.rrule(
            patchTuesday, starting: start, zone: zone, offset: try #require(Span("5d")))
        #expect(schedule.inWords == "at 02:00 on the second Tuesday of every month, five days later, Vancouver time")
        let lastBusinessDay = try Schedule.rrule(
            try RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=-1"), starting: start, zone: zone, move: .onOrBefore)
        #expect(
            lastBusinessDay.inWords
                == "at 02:00 on the last day of every month, or the business day before where that is none, Vancouver time"
        )
        #expect(try Schedule.every(.seconds(21_600)).inWords == "every six hours, counted from 1970-01-01T00:00:00Z")
        var closed = ClosedDays()
        closed.add(date: try #require(CivilDate("2026-12-25")), name: "Christmas Day")
        let window = try Window.opening(
            schedule, duration: try #require(Span("3h")), cutoff: try #require(Span("45m")), except: [closed])
        #expect(
            window.inWords == "opens at 02:00 on the second Tuesday of every month, five days later, Vancouver time, "
                + "for three hours; nothing starts in the last 45 minutes; closed on Christmas Day")
        let quiet = Window.outside(
            businessHours: try BusinessHours(["Mon-Fri 08:00-18:00"]), zone: zone, cutoff: try #require(Span("30m")))
        #expect(
            quiet.inWords == "open outside business hours (Mon-Fri 08:00-18:00), Vancouver time; "
                + "nothing starts in the last 30 minutes")
    }
}
