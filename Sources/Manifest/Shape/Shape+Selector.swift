import Model
import Recurrence

extension Shape where Value == Selector {
    /// What must hold of an asset: `os=linux, purchased before 5y`.
    static let selector = Shape(
        expected: "a selector", schema: .object(["type": .text("string"), "maxLength": .integer(4000)]),
        read: { cursor in
            guard let text = cursor.text("a selector", most: 4000) else { return nil }
            do throws(RuleError) {
                return try Selector(parsing: text)
            } catch {
                cursor.refuse(error.message, hint: error.hint, byte: error.offset)
                return nil
            }
        },
        write: { .text($0.description) })
}
