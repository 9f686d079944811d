/// Something that STYLE's rules do not let stand.
struct Fault: CustomStringConvertible, Equatable {
    /// From the root of the repository.
    let path: String
    let line: Int
    let what: String
    /// What to write in its place.
    let instead: String

    var description: String { "\(path):\(line): \(what); \(instead)" }
}
