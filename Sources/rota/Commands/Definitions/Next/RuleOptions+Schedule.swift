import Recurrence

extension RuleOptions {
    /// The rule that was given, on its zone's clock.
    ///
    /// - Throws: what is wrong with the words of the call.
    func schedule() throws -> Schedule {
        let zone = try Self.zone(named: zone ?? "UTC")
        let schedule: Schedule
        if let every {
            schedule = try read("") { _ throws(RuleError) in try .every(every.elapsed, zone: zone) }
        } else if let cron {
            schedule = try read(cron) { text throws(RuleError) in .cron(try CronExpression(text), zone: zone) }
        } else {
            guard let starting else { throw CommandFailure.words("--rrule needs --starting") }
            schedule = try read(rrule ?? "") { text throws(RuleError) in
                try .rrule(
                    try RecurrenceRule(text), starting: starting, zone: zone, offset: offset ?? .zero,
                    move: businessDay, businessDays: businessDays)
            }
        }
        return schedule.except(including: including, excluding: excluding)
    }

    private var businessDays: BusinessDays {
        var closed = ClosedDays()
        for date in holiday { closed.add(date: date, name: "holiday") }
        return BusinessDays(closed: [closed])
    }

    private static func zone(named name: String) throws -> Zone {
        do throws(ZoneError) {
            return try Zone.named(name)
        } catch {
            throw CommandFailure(error.message, mend: error.hint, at: "--zone", status: .wrongWords)
        }
    }

    /// Reads a rule; where it is wrong, the place in it is told.
    private func read(_ text: String, _ make: (String) throws(RuleError) -> Schedule) throws -> Schedule {
        do throws(RuleError) {
            return try make(text)
        } catch {
            let place = error.offset.map { " (at character \(text.utf8.prefix($0).count + 1))" } ?? ""
            throw CommandFailure(error.message + place, mend: error.hint, at: option, status: .wrongWords)
        }
    }
}
