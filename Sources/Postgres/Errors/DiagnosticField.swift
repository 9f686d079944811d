import CLibPQ

/// The fields of a server's error that are read. `DETAIL` and `CONTEXT` are left out on purpose: they quote data.
enum DiagnosticField {
    static let severity = field("V")
    static let sqlState = field("C")
    static let primary = field("M")
    static let hint = field("H")
    static let position = field("P")
    static let table = field("t")
    static let column = field("c")
    static let constraint = field("n")

    private static func field(_ letter: Unicode.Scalar) -> Int32 {
        Int32(letter.value)
    }
}
