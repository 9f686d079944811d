import Model
import Recurrence

/// Whether windows open, and for long enough, with every answer kept: many jobs and clients share the same question.
struct WindowFits {
    enum Answer: Hashable {
        case fits
        /// It does not open within ten years.
        case neverOpens
        case tooShort(longest: Span)
        /// Something that it refers to is missing or wrong, of which there is a problem elsewhere.
        case unknown
        /// It cannot be laid out at all.
        case refused(message: String, hint: String?)

        /// How to mend that a job does not fit.
        static func hint(_ longest: Span) -> String {
            "a run has to end before the window closes, and its longest opening lasts \(longest): "
                + "lengthen the window, or make the timeout shorter than that"
        }
    }

    /// What of a client decides when a window is open for it.
    private struct Question: Hashable {
        /// But for its name, which many windows of the same rule may not share.
        var rule: WindowRule
        var zone: String
        var businessHours: [String]
        var calendars: [String]
        var length: Duration
    }

    private var answers: [Question: Answer] = [:]

    mutating func answer(
        _ rule: WindowRule, for client: Client, lasting length: Duration, calendars: [String: Calendar], now: Instant
    ) -> Answer {
        let asksForHours = rule.outside != nil || rule.opens?.businessDay != nil
        var nameless = rule
        nameless.name = ""
        let question = Question(
            rule: nameless, zone: rule.timezone ?? client.timezone,
            businessHours: asksForHours ? client.businessHours : [],
            calendars: rule.calendars(for: client), length: length)
        if let answer = answers[question] { return answer }
        let answer = Self.answer(question, rule, client, calendars, now)
        answers[question] = answer
        return answer
    }

    private static func answer(
        _ question: Question, _ rule: WindowRule, _ client: Client, _ calendars: [String: Calendar], _ now: Instant
    ) -> Answer {
        guard question.calendars.allSatisfy({ calendars[$0] != nil }) else { return .unknown }
        let window: Window
        do {
            window = try rule.window(for: client, calendars: calendars)
        } catch let error as RuleError {
            return .refused(message: error.message, hint: error.hint)
        } catch {
            // A zone of a client that is known, and has gone from this machine's data since.
            return .unknown
        }
        return answer(window, lasting: question.length, now)
    }

    /// Like `Window.nextStart`, but it stops after so many openings: a window that opens every minute would otherwise be
    /// followed through ten years for each job that does not fit.
    private static func answer(_ window: Window, lasting length: Duration, _ now: Instant) -> Answer {
        var longest: Duration?
        var count = 0
        for opening in window.openings(after: now) {
            let start = max(opening.opens, now)
            if start < min(opening.lastStart, opening.closes - length) { return .fits }
            // The one in progress may have been long enough at its beginning, and says nothing of those to come.
            if opening.opens >= now { longest = max(longest ?? .zero, opening.closes - opening.opens) }
            count += 1
            if count == Limits.openings { break }
        }
        return longest.map { .tooShort(longest: Span(seconds: $0.components.seconds)) } ?? .neverOpens
    }
}
