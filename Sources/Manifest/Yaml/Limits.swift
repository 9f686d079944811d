/// What one manifest may hold. These bound the time and memory that a hostile file can take.
enum Limits {
    /// Bytes of one file: 256 KiB.
    static let bytes = 256 * 1024
    /// Levels of lists and mappings within each other.
    static let depth = 32
    /// Keys, values, lists and mappings of one file.
    static let nodes = 10_000
    /// Problems told of one file; nobody reads more at once, and each costs a search for the nearest word.
    static let problems = 256
    /// Scalars that may be parsed again, in all, to find out more about a broken file than its first fault.
    static let reparsed = 1_000_000
    /// Levels of folders within each other that are searched for manifests.
    static let folders = 32
}
