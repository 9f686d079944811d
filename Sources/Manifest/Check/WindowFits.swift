import Model
import Recurrence

/// Whether windows open, and for long enough, with every answer kept: many jobs and clients share the same question.
struct WindowFits {
    enum Answer: Hashable {
        case fits
        /// It does not open within ten years.
        case neverOpens
        case tooShort(hint: String?)
        /// Something that it refers to is missing or wrong, of which there is a problem elsewhere.
        case unknown
        /// It cannot be laid out at all.
        case refused(message: String, hint: String?)
    }

    /// What of a client decides when a window is open for it.
    private struct Question: Hashable {
        var window: String
        var zone: String
        var businessHours: [String]
        var holidays: [String]
        var length: Duration
    }

    private var answers: [Question: Answer] = [:]

    mutating func answer(
        _ rule: WindowRule, for client: Client, lasting length: Duration, calendars: [String: Calendar], now: Instant
    ) -> Answer {
        let isOutside = rule.outside != nil
        let question = Question(
            window: rule.name, zone: rule.timezone ?? client.timezone,
            businessHours: isOutside ? client.businessHours : [], holidays: isOutside ? client.holidays : [],
            length: length)
        if let answer = answers[question] { return answer }
        let answer = Self.answer(question, rule, client, calendars, now)
        answers[question] = answer
        return answer
    }

    private static func answer(
        _ question: Question, _ rule: WindowRule, _ client: Client, _ calendars: [String: Calendar], _ now: Instant
    ) -> Answer {
        let needed = rule.except + question.holidays
        guard needed.allSatisfy({ calendars[$0] != nil }) else { return .unknown }
        let window: Window
        do {
            window = try rule.window(for: client, calendars: calendars)
        } catch let error as RuleError {
            return .refused(message: error.message, hint: error.hint)
        } catch {
            // A zone of a client that is known, and has gone from this machine's data since.
            return .unknown
        }
        guard window.openings(after: now).contains(where: { _ in true }) else { return .neverOpens }
        do throws(RuleError) {
            return try window.nextStart(after: now, lasting: question.length) == nil ? .neverOpens : .fits
        } catch {
            return .tooShort(hint: error.hint)
        }
    }
}
