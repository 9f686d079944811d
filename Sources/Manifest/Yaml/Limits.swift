/// What one manifest may hold. These bound the time and memory that a hostile file can take.
enum Limits {
    /// Bytes of one file: 256 KiB.
    static let bytes = 256 * 1024
    /// Levels of lists and mappings within each other.
    static let depth = 32
    /// Keys, values, lists and mappings of one file.
    static let nodes = 10_000
    /// Signs that begin or divide values, before anything is composed: see `SourceDecoder`.
    static let signs = 15_000
    static let tooManyNodes = "the file holds more than 10,000 values"
    static let split = "split it into several files"
    /// Problems told of one file; nobody reads more at once, and each costs a search for the nearest word.
    static let problems = 256
    /// Scalars that may be parsed again, in all, to find out more about a broken file than its first fault.
    static let reparsed = 512 * 1024
    /// Zones of one file that are looked for in vain; the search for the nearest name goes through all of them.
    static let unknownZones = 16
    /// Rules of one calendar, every one of which is asked about each day that a window or business hours are laid out on.
    static let calendarRules = 100
    /// Times that a schedule may have besides its rule's own, and as many that are left out of these.
    static let exceptions = 500
    /// Unknown names of which the nearest known one is looked for, and times never named of which the nearest is, in all files
    /// together.
    static let nearestNames = 64
    /// Openings of a window that are looked at to find one that is long enough: those of 13 years, if it opens daily.
    static let openings = 5000
    /// Levels of folders within each other that are searched for manifests.
    static let folders = 32
}
