import Model
import Recurrence

extension Shape where Value == String {
    /// A cron expression, kept as it is written.
    static let cron = rule("a cron expression") { text throws(RuleError) in _ = try CronExpression(text) }

    /// A recurrence rule of RFC 5545, kept as it is written.
    static let rrule = rule("a recurrence rule") { text throws(RuleError) in _ = try RecurrenceRule(text) }

    /// Hours of a week, such as `Mon-Fri 08:00-18:00`.
    static let businessHours = rule("hours of a week") { text throws(RuleError) in _ = try BusinessHours([text]) }

    private static func rule(
        _ expected: String, check: @escaping @Sendable (String) throws(RuleError) -> Void
    ) -> Shape {
        Shape(
            expected: expected, schema: .object(["type": .text("string")]),
            read: { cursor in
                guard let text = cursor.text(expected, most: 1000) else { return nil }
                do throws(RuleError) {
                    try check(text)
                    return text
                } catch {
                    cursor.refuse(error.message, hint: error.hint, byte: error.offset)
                    return nil
                }
            },
            write: { .text($0) })
    }

    /// Text with places such as `{{ asset.name }}`.
    static func template(most: Int, lines: Bool = true, isEmptyAllowed: Bool = false) -> Shape {
        let expected = "a text"
        return Shape(
            expected: expected, schema: .freeText(most),
            read: { cursor in
                guard
                    let text = cursor.text(expected, most: most, lines: lines, isEmptyAllowed: isEmptyAllowed)
                else { return nil }
                do throws(Template.Problem) {
                    _ = try Template(text, hasAsset: cursor.reading.hasTargets)
                    return text
                } catch {
                    cursor.refuse(error.message, hint: error.hint, byte: error.offset)
                    return nil
                }
            },
            write: { .text($0) })
    }

    /// Text that is handed on as it is. What looks like a template in it would never be filled, so it is refused.
    static func verbatim(most: Int, lines: Bool = false) -> Shape {
        let expected = "a text"
        return Shape(
            expected: expected, schema: .freeText(most),
            read: { cursor in
                guard let text = cursor.text(expected, most: most, lines: lines) else { return nil }
                if let place = text.firstRange(of: "{{") {
                    cursor.refuse(
                        "'{{' is not filled in here", hint: "write it out",
                        byte: text.utf8.distance(from: text.startIndex, to: place.lowerBound))
                    return nil
                }
                return text
            },
            write: { .text($0) })
    }
}

extension Cursor {
    /// Whether the zone is known; if not, the nearest names are told.
    func isZone(_ name: String) -> Bool {
        if let known = reading.unknownZones[name] {
            refuse(known.message, hint: known.hint)
            return false
        }
        guard reading.unknownZones.count < Limits.unknownZones else {
            refuse("'\(self.name)' was not looked at", hint: "mend the unknown time zones above first")
            return false
        }
        do throws(ZoneError) {
            _ = try Zone.named(name)
            return true
        } catch {
            reading.unknownZones[name] = error
            refuse(error.message, hint: error.hint)
            return false
        }
    }
}
