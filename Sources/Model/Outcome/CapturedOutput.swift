/// What a command printed, bounded: its beginning, its end, and proof of the whole.
///
/// Length and hash are of the output with its secrets blotted out: of what would have been kept were there no bounds.
/// So they can be checked again from `head + tail` while ``isWhole``, and tell nothing of a secret.
public struct CapturedOutput: Codable, Hashable, Sendable {
    /// The most bytes of head, and of tail: 64 KiB each.
    public static let limit = 65_536

    /// The first bytes, at most ``limit``.
    public var head: [UInt8]
    /// The last bytes that are not in the head, at most ``limit``.
    public var tail: [UInt8]
    /// Of the whole, in bytes.
    public var length: Int64
    /// Of the whole: 32 bytes, SHA-256 (FIPS 180-4).
    public var sha256: [UInt8]

    public init(head: [UInt8], tail: [UInt8], length: Int64, sha256: [UInt8]) {
        self.head = head
        self.tail = tail
        self.length = length
        self.sha256 = sha256
    }

    /// Whether `head + tail` is all of it.
    public var isWhole: Bool { Int64(head.count + tail.count) == length }
}
