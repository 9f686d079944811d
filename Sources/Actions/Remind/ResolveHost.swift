import Glibc

/// An address that a host's name leads to.
struct HostAddress: Hashable, Sendable {
    /// 4 or 16, in network order.
    var bytes: [UInt8]
    /// As it is written: `192.0.2.1`, `2001:db8::1`.
    var text: String
}

struct ResolveProblem: Error, CustomStringConvertible {
    var description: String
}

/// Every address of the host, in the order of preference. Blocks for as long as the system's resolver does.
func resolveHost(_ host: String) -> Result<[HostAddress], ResolveProblem> {
    var hints = addrinfo()
    hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &first)
    guard code == 0 else {
        let why = gai_strerror(code).map { String(cString: $0) } ?? "error \(code)"
        return .failure(ResolveProblem(description: "\(host): \(why)"))
    }
    defer { freeaddrinfo(first) }
    var addresses: [HostAddress] = []
    var next = first
    while let entry = next {
        if let address = hostAddress(entry.pointee) { addresses.append(address) }
        next = entry.pointee.ai_next
    }
    guard !addresses.isEmpty else { return .failure(ResolveProblem(description: "\(host) has no address")) }
    return .success(addresses)
}

private func hostAddress(_ entry: addrinfo) -> HostAddress? {
    guard let address = entry.ai_addr else { return nil }
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    guard getnameinfo(address, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 else {
        return nil
    }
    let bytes: [UInt8]
    switch entry.ai_family {
    case AF_INET:
        bytes = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { pointer in
            withUnsafeBytes(of: pointer.pointee.sin_addr) { Array($0) }
        }
    case AF_INET6:
        bytes = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
            withUnsafeBytes(of: pointer.pointee.sin6_addr) { Array($0) }
        }
    default: return nil
    }
    let written = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return HostAddress(bytes: bytes, text: String(decoding: written, as: UTF8.self))
}
