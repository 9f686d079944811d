/// Why a zone is not to be had.
public enum ZoneError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no such name in the IANA database, to the letter; the nearest are told.
    case unknown(name: String, nearest: [String])
    /// There is data of that name which cannot be read.
    case unreadable(name: String, path: String, problem: String)
    /// This machine has no zone data at all in the directories that were looked in.
    case noData(name: String, directories: [String])

    public var message: String {
        switch self {
        case .unknown(let name, _): "unknown time zone '\(printable(name))'"
        case .unreadable(let name, let path, let problem): "time zone '\(name)' cannot be read from \(path): \(problem)"
        case .noData(let name, _): "time zone '\(name)' cannot be read: this machine has no time zone data"
        }
    }

    public var hint: String {
        switch self {
        case .unknown(let name, let nearest):
            if let fixed = Self.fixedOffset(name) {
                return "a fixed offset is written '\(fixed)' (its sign is the other way)"
            }
            if nearest.isEmpty { return "write an IANA name such as 'Europe/London'" }
            return "did you mean " + nearest.map { "'\($0)'" }.joined(separator: ", or ") + "?"
        case .unreadable: return "install the time zone data anew (Debian: apt-get install --reinstall tzdata)"
        case .noData(_, let directories):
            return "install it (Debian: apt-get install tzdata), or set TZDIR; looked in "
                + directories.joined(separator: ", ")
        }
    }

    public var description: String { "\(message)\n  \(hint)" }

    /// `UTC+3` is `Etc/GMT-3` in the IANA database.
    private static func fixedOffset(_ name: String) -> String? {
        for prefix in ["UTC", "GMT"] where name.hasPrefix(prefix) {
            var reader = ByteReader(name.dropFirst(3))
            let east = reader.take(UInt8(ascii: "+"))
            guard east || reader.take(UInt8(ascii: "-")), let hours = reader.number(), reader.isAtEnd,
                (1...(east ? 14 : 12)).contains(hours)
            else { return nil }
            return "Etc/GMT\(east ? "-" : "+")\(hours)"
        }
        return nil
    }
}

/// What an operator wrote, fit for a line of text: control characters are replaced, and length is bounded.
func printable(_ text: some StringProtocol) -> String {
    let cut = text.unicodeScalars.prefix(80).map { $0.value < 32 || $0.value == 127 ? "\u{fffd}" : Character($0) }
    return String(cut) + (text.unicodeScalars.count > 80 ? "…" : "")
}
