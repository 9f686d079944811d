/// The last line of an output that is not blank, without its line break.
enum LastLine: Hashable, Sendable {
    case none
    case line([UInt8])
    /// It is longer than is kept of it.
    case tooLong(endsAsObject: Bool)
}
