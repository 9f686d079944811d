/// How a word stands out on a terminal that has colour.
enum Style: String, Sendable {
    case good = "32"
    case bad = "31"
    case warning = "33"
    case faint = "2"
    case heading = "1"

    func paint(_ text: String, on terminal: Terminal) -> String {
        terminal.hasColour && !text.isEmpty ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
    }
}
