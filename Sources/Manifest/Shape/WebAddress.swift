/// Looks at an address as far as is needed to refuse what could never be posted to, or should not be.
enum WebAddress {
    /// What is wrong, as the rest of a sentence, and how to mend it.
    static func problem(of text: String) -> (message: String, hint: String)? {
        let lower = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else {
            return ("must be an http or https address, not \(text.quoted)", "write it like https://chat.example/hook")
        }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if authority.contains("@") {
            return ("holds a user or password", "manifests hold no secrets; take what is before the '@' out")
        }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }) else {
            return ("holds a character that an address cannot have", "write it as %20 and its like")
        }
        guard isHost(authority) else {
            return ("names no host in \(text.quoted)", "write it like https://chat.example/hook")
        }
        return nil
    }

    private static func isHost(_ authority: Substring) -> Bool {
        var host = authority
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]"), host[host.index(after: host.startIndex)..<end].contains(":")
            else {
                return false
            }
            return isPort(host[host.index(after: end)...])
        }
        if let colon = host.firstIndex(of: ":") {
            guard isPort(host[colon...]) else { return false }
            host = host[..<colon]
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return host.utf8.count <= 253
            && labels.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { byte in Self.isHostByte(byte) } }
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte | 0x20) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }

    /// Nothing, or `:` and 1 … 65535.
    private static func isPort(_ text: Substring) -> Bool {
        guard !text.isEmpty else { return true }
        let digits = text.dropFirst()
        guard text.first == ":", !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let port = Int(digits)
        else { return false }
        return (1...65_535).contains(port)
    }
}
