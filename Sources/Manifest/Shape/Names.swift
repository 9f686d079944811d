/// The forms that names and keys have.
public enum Names {
    /// `[a-z0-9]([a-z0-9-]*[a-z0-9])?`, at most 63: what objects of manifests, and queues, are called.
    public static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
        return bytes.allSatisfy { isLower($0) || $0 == UInt8(ascii: "-") } && isLower(first) && isLower(last)
    }

    /// `[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?`, at most 63.
    static func isKey(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
        return bytes.allSatisfy { isAlphanumeric($0) || "-._/".utf8.contains($0) } && isAlphanumeric(first)
            && isAlphanumeric(last)
    }

    /// `[A-Za-z_][A-Za-z0-9_]*`, at most 128.
    static func isVariable(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 128, !(48...57).contains(first) else { return false }
        return bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
    }

    /// ": 'patch-servers'" for `Patch Servers`; nothing where no name can be made of it.
    static func suggestion(_ text: String) -> String {
        var name = ""
        for byte in text.utf8.prefix(63) {
            let lower = (65...90).contains(byte) ? byte | 0x20 : byte
            if isLower(lower) {
                name.unicodeScalars.append(Unicode.Scalar(lower))
            } else if !name.isEmpty, name.last != "-" {
                name += "-"
            }
        }
        while name.last == "-" { name.removeLast() }
        return isName(name) ? ": '\(name)'" : ""
    }

    private static func isLower(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { isLower(byte) || (65...90).contains(byte) }
}
