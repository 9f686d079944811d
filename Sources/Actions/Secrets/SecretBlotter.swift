import Glibc

/// Puts `***` in the place of secrets in a stream of bytes, wherever its pieces are cut.
///
/// A secret is known in the forms of ``SecretForms``. Secrets that overlap or touch are blotted out as one.
struct SecretBlotter {
    static let mark = Array("***".utf8)

    private let patterns: [[UInt8]]
    private let longest: Int
    /// What came last: bytes already judged, which a secret may begin in, and bytes that still wait for what follows.
    private var buffer: [UInt8] = []
    /// How much of `buffer` has been judged.
    private var judged = 0
    /// Whether the last byte that was judged belongs to a secret.
    private var isInSecret = false

    init(secrets: [[UInt8]]) {
        patterns = Array(Set(secrets.flatMap(SecretForms.of))).filter { !$0.isEmpty }
        longest = patterns.map(\.count).max() ?? 0
    }

    /// Takes the next piece, and hands on what is certain by now.
    mutating func take(_ piece: UnsafeRawBufferPointer, _ pass: (UnsafeRawBufferPointer) -> Void) {
        guard longest > 0 else { return pass(piece) }
        buffer.append(contentsOf: piece)
        // A byte is certain once the longest secret that could begin with it would be there as a whole.
        judge(upTo: max(judged, buffer.count - (longest - 1)), pass)
        let outdated = max(0, judged - (longest - 1))
        buffer.removeFirst(outdated)
        judged -= outdated
    }

    /// Hands on what is left.
    mutating func finish(_ pass: (UnsafeRawBufferPointer) -> Void) {
        judge(upTo: buffer.count, pass)
        buffer = []
        judged = 0
    }

    private mutating func judge(upTo end: Int, _ pass: (UnsafeRawBufferPointer) -> Void) {
        guard end > judged else { return }
        let secret = covered()
        buffer.withUnsafeBytes { bytes in
            for range in secret where range.upperBound > judged && range.lowerBound < end {
                let start = max(range.lowerBound, judged)
                pass(UnsafeRawBufferPointer(rebasing: bytes[judged..<start]))
                if start > judged || !isInSecret { Self.mark.withUnsafeBytes(pass) }
                judged = min(range.upperBound, end)
                isInSecret = true
            }
            guard judged < end else { return }
            pass(UnsafeRawBufferPointer(rebasing: bytes[judged..<end]))
            judged = end
            isInSecret = false
        }
    }

    /// The places of the buffer that belong to a secret, in order, those that overlap or touch as one.
    private func covered() -> [Range<Int>] {
        let found = buffer.withUnsafeBytes { bytes in patterns.flatMap { Self.places(of: $0, in: bytes) } }
        var merged: [Range<Int>] = []
        for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    private static func places(of pattern: [UInt8], in bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
        guard let base = bytes.baseAddress, let first = pattern.first else { return [] }
        var places: [Range<Int>] = []
        var start = 0
        // How many places there are at which it can begin.
        let starts = bytes.count - pattern.count + 1
        while start < starts, let match = memchr(base + start, CInt(first), starts - start) {
            let place = UnsafeRawPointer(match) - base
            if memcmp(base + place, pattern, pattern.count) == 0 { places.append(place..<(place + pattern.count)) }
            start = place + 1
        }
        return places
    }
}
