/// Addresses that no action may reach: on them stand the services that hand a cloud machine's own keys to whoever asks
/// from it, and nothing that people have put there.
enum RefusedAddress {
    /// Of an IPv4 address (4 bytes) or an IPv6 address (16 bytes), in network order.
    static func contains(_ address: [UInt8]) -> Bool {
        if let inner = embedded(in: address) { return contains(inner) }
        return networks.contains { $0.size == address.count && $0.matches(address) }
    }

    private struct Network {
        /// Of its addresses, in bytes.
        var size: Int
        var prefix: [UInt8]
        var bits: Int

        func matches(_ address: [UInt8]) -> Bool {
            (0..<bits).allSatisfy { bit in
                let mask: UInt8 = 0x80 >> UInt8(bit % 8)
                return address[bit / 8] & mask == prefix[bit / 8] & mask
            }
        }
    }

    private static let networks = [
        // Link-local (RFC 3927, RFC 4291), and with it 169.254.169.254.
        Network(size: 4, prefix: [169, 254], bits: 16),
        Network(size: 16, prefix: [0xFE, 0x80], bits: 10),
        // The metadata services of Alibaba, Oracle, Azure, Amazon and Google that stand elsewhere.
        Network(size: 4, prefix: [100, 100, 100, 200], bits: 32),
        Network(size: 4, prefix: [192, 0, 0, 192], bits: 32),
        Network(size: 4, prefix: [168, 63, 129, 16], bits: 32),
        Network(size: 16, prefix: [0xFD, 0x00, 0x0E, 0xC2], bits: 32),
        Network(size: 16, prefix: [0xFD, 0x20, 0x00, 0xCE], bits: 32),
    ]

    /// The IPv4 address within an IPv6 address that stands for one: mapped, compatible (RFC 4291), NAT64 (RFC 6052),
    /// 6to4 (RFC 3056).
    private static func embedded(in address: [UInt8]) -> [UInt8]? {
        guard address.count == 16 else { return nil }
        let zeros = [UInt8](repeating: 0, count: 10)
        let isMapped = address.starts(with: zeros + [0xFF, 0xFF])
        let isCompatible = address.starts(with: zeros + [0, 0]) && address[12] != 0
        let isNAT64 = address.starts(with: [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])
        if isMapped || isCompatible || isNAT64 { return Array(address[12...]) }
        return address.starts(with: [0x20, 0x02]) ? Array(address[2..<6]) : nil
    }
}
