import Crypto
import Model

/// The beginning and the end of a text, with length and hash of the whole.
struct KeptOutput {
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var length: Int64 = 0
    private var hash = SHA256()

    /// More than the tail that is kept in the end, so that a longest report is there with the line breaks after it.
    private static let tailInHand = CapturedOutput.limit + 4096

    mutating func take(_ piece: UnsafeRawBufferPointer) {
        guard !piece.isEmpty else { return }
        length += Int64(piece.count)
        hash.update(bufferPointer: piece)
        let first = min(piece.count, CapturedOutput.limit - head.count)
        head.append(contentsOf: piece.prefix(first))
        tail.append(contentsOf: piece.dropFirst(first).suffix(Self.tailInHand))
        // Seldom enough that each byte is moved about once.
        if tail.count > 2 * Self.tailInHand { tail.removeFirst(tail.count - Self.tailInHand) }
    }

    func collected() -> Collected {
        let output = CapturedOutput(
            head: head, tail: Array(tail.suffix(CapturedOutput.limit)), length: length, sha256: Array(hash.finalize()))
        return Collected(output: output, lastLine: lastLine())
    }

    private func lastLine() -> LastLine {
        // Where head and tail meet they are one text.
        let isWhole = Int64(head.count + tail.count) == length
        let bytes = isWhole ? head + tail : tail
        guard let last = bytes.lastIndex(where: { !Self.isBlank($0) }) else { return .none }
        let text = bytes[...last]
        let lineBreak = text.lastIndex(of: UInt8(ascii: "\n"))
        let line = text[(lineBreak.map { $0 + 1 } ?? 0)...].drop(while: Self.isBlank)
        guard line.count <= RunReport.limit, isWhole || lineBreak != nil else {
            return .tooLong(endsAsObject: line.last == UInt8(ascii: "}"))
        }
        return .line(Array(line))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
