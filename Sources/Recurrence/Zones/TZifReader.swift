/// Reads a zone's data in the format of RFC 9636 (TZif, versions 2 to 4) into a ``ZoneTable``.
///
/// Anything may be in the bytes: reading ends with a table or with what is wrong, never with a trap.
struct TZifReader {
    private let bytes: [UInt8]
    private var position = 0

    /// The largest file read; the largest of the IANA database has 4 KiB.
    static let mostBytes = 262_144

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    struct Problem: Error {
        var text: String
    }

    private struct Header {
        var version: UInt8
        var utcIndicators, standardIndicators, leaps, times, types, characters: Int

        /// The length of the data that follows, with times of that many bytes.
        func length(_ width: Int) -> Int {
            times * (width + 1) + types * 6 + characters + leaps * (width + 4) + standardIndicators + utcIndicators
        }
    }

    mutating func table() throws(Problem) -> ZoneTable {
        guard bytes.count <= Self.mostBytes else { throw Problem(text: "it is larger than any zone's data") }
        let old = try header()
        guard old.version >= UInt8(ascii: "2") else {
            throw Problem(text: "it is of version 1, which ends in 2037")
        }
        try skip(old.length(4))
        let header = try header()
        guard header.leaps == 0 else { throw Problem(text: "it counts leap seconds") }
        guard header.types > 0, header.types <= 256 else { throw Problem(text: "it has no local time types") }
        let changes = try changes(header)
        return try FooterRule(footer()).extend(initial: changes.initial, changes: changes.list)
    }

    private mutating func header() throws(Problem) -> Header {
        guard bytes.count - position >= 44, Array(bytes[position..<position + 4]) == Array("TZif".utf8) else {
            throw Problem(text: "it is not TZif data")
        }
        let version = bytes[position + 4]
        position += 20
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(Int(integer(4) & 0xffff_ffff)) }
        return Header(
            version: version, utcIndicators: counts[0], standardIndicators: counts[1], leaps: counts[2],
            times: counts[3], types: counts[4], characters: counts[5])
    }

    private mutating func skip(_ count: Int) throws(Problem) {
        guard count <= bytes.count - position else { throw Problem(text: "it is cut off") }
        position += count
    }

    /// The transitions as offsets. Those outside the calendar's bounds are dropped, the last before them remembered.
    private mutating func changes(
        _ header: Header
    ) throws(Problem) -> (initial: Int32, list: [(at: Int64, offset: Int32)]) {
        guard header.length(8) <= bytes.count - position else { throw Problem(text: "it is cut off") }
        let times = (0..<header.times).map { _ in integer(8) }
        let types = (0..<header.times).map { _ in Int(integer(1) & 0xff) }
        var offsets: [Int32] = []
        for _ in 0..<header.types {
            let offset = integer(4)
            guard abs(offset) <= ZoneTable.widestOffset else { throw Problem(text: "an offset is beyond 26 hours") }
            offsets.append(Int32(offset))
            position += 2
        }
        position += header.characters + header.standardIndicators + header.utcIndicators
        var (initial, list) = (offsets[0], [(at: Int64, offset: Int32)]())
        var previous = Int64.min
        for (time, type) in zip(times, types) {
            guard time > previous, type < offsets.count else { throw Problem(text: "its transitions are out of order") }
            previous = time
            if time < LocalTime.firstSecond {
                initial = offsets[type]
            } else if time < LocalTime.lastSecond {
                list.append((time, offsets[type]))
            }
        }
        guard list.count < 20_000 else { throw Problem(text: "it has more transitions than any zone") }
        return (initial, list)
    }

    private func footer() throws(Problem) -> [UInt8] {
        let newline = UInt8(ascii: "\n")
        guard position < bytes.count, bytes[position] == newline,
            let end = bytes[(position + 1)...].firstIndex(of: newline)
        else { throw Problem(text: "its footer is cut off") }
        return Array(bytes[position + 1..<end])
    }

    /// Big-endian and signed; the caller has looked that the bytes are there.
    private mutating func integer(_ width: Int) -> Int64 {
        var value: Int64 = bytes[position] >= 0x80 ? -1 : 0
        for byte in bytes[position..<position + width] { value = value << 8 | Int64(byte) }
        position += width
        return value
    }
}
