import Glibc

/// What a stream of output can show.
struct Terminal: Sendable, Hashable {
    /// Cells in a line; nil where the stream is no terminal, and nothing is cut.
    var width: Int?
    var hasBox: Bool
    var hasColour: Bool

    /// A pipe or a file: no box, no colour, nothing cut.
    static let none = Terminal(width: nil, hasBox: false, hasColour: false)

    var isTerminal: Bool { width != nil }

    /// What is known of an open stream. `COLUMNS` speaks before the terminal's own size; `NO_COLOR`, if it is not
    /// empty, and `TERM=dumb` are heard (no-color.org).
    static func of(descriptor: Int32, environment: [String: String] = Environment.all) -> Terminal {
        guard isatty(descriptor) == 1 else { return .none }
        let isDumb = environment["TERM"] == "dumb"
        let noColour = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return Terminal(
            width: environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? size(of: descriptor)
                ?? 80,
            hasBox: !isDumb, hasColour: !isDumb && !noColour)
    }

    static var output: Terminal { of(descriptor: STDOUT_FILENO) }
    static var error: Terminal { of(descriptor: STDERR_FILENO) }

    private static func size(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
