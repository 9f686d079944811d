import FoundationEssentials
import Testing

@testable import Recurrence

struct ZoneReloadTests {
    /// A file of version 2 with one type and a footer.
    private func data(_ footer: String, offset: Int32) -> [UInt8] {
        func header(_ types: Int, _ characters: Int) -> [UInt8] {
            var bytes = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
            for count in [0, 0, 0, 0, types, characters] { bytes += [0, 0, 0, UInt8(count)] }
            return bytes
        }
        let type = (0..<4).map { UInt8(truncatingIfNeeded: offset >> (24 - 8 * $0)) } + [0, 0]
        return header(1, 4) + type + Array("ABC\0".utf8) + header(1, 4) + type + Array("ABC\0".utf8)
            + Array("\n\(footer)\n".utf8)
    }

    private func withFolder(_ body: (String, ZoneCache) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: "\(folder)/Area", withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
        }
        try body(folder, ZoneCache { [folder] })
    }

    private func write(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    }

    @Test func `data that changes on disk is read anew, and a zone in hand keeps what it has`() throws {
        try withFolder { folder, cache in
            let noon = Instant(seconds: 1_800_000_000)
            try write(data("ABC-1", offset: 3600), "\(folder)/Area/Place")
            let before = try cache.zone("Area/Place")
            #expect(before.offset(at: noon) == 3600)
            try write(data("ABC-2", offset: 7200), "\(folder)/Area/Place")
            #expect(try cache.zone("Area/Place").offset(at: noon) == 7200)
            #expect(before.offset(at: noon) == 3600)
            try FileManager.default.removeItem(atPath: "\(folder)/Area/Place")
            #expect(throws: ZoneError.self) { try cache.zone("Area/Place") }
        }
    }

    @Test func `data that cannot be read says where and why`() throws {
        try withFolder { folder, cache in
            try write(Array("nonsense".utf8), "\(folder)/Area/Bad")
            let error = #expect(throws: ZoneError.self) { try cache.zone("Area/Bad") }
            #expect(
                error?.message == "time zone 'Area/Bad' cannot be read from \(folder)/Area/Bad: it is not TZif data")
            try write(Array(data("ABC-1", offset: 3600).dropLast(3)), "\(folder)/Area/Short")
            let short = #expect(throws: ZoneError.self) { try cache.zone("Area/Short") }
            #expect(short?.message.hasSuffix("its footer is cut off") == true)
        }
        let nowhere = ZoneCache { ["/nowhere/at/all"] }
        #expect(try nowhere.zone("UTC") == .utc)
        let error = #expect(throws: ZoneError.self) { try nowhere.zone("Europe/London") }
        #expect(error?.message == "time zone 'Europe/London' cannot be read: this machine has no time zone data")
        #expect(error?.hint.hasSuffix("looked in /nowhere/at/all") == true)
    }

    @Test(arguments: [
        ("EST5EDT,M3.2.0,M11.1.0", -18_000, -14_400), ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 39_600, 37_800),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", 0, 3600), ("XXX3EDT4,0/0,J365/23", -14_400, -14_400),
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", 7200, 10_800), ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -7200, -3600),
        ("UTC0", 0, 0),
        ("ABC-24:59:59", 89_999, 89_999),
    ])
    func `footers`(_ footer: String, _ january: Int, _ july: Int) throws {
        var reader = TZifReader(data(footer, offset: 0))
        let table = try reader.table()
        #expect(table.offset(at: Instant(rfc3339: "2026-01-15T12:00:00Z")!.seconds) == Int64(january))
        #expect(table.offset(at: Instant(rfc3339: "2026-07-15T12:00:00Z")!.seconds) == Int64(july))
    }

    @Test(arguments: [
        "EST", "EST5EDT", "EST5EDT,M13.1.0,M1.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST25", "<+0>x", "EST5EDT,M3.2.0",
        "EST5;",
    ])
    func `footers that are none are refused`(_ footer: String) {
        #expect(throws: TZifReader.Problem.self) {
            var reader = TZifReader(data(footer, offset: 0))
            _ = try reader.table()
        }
    }
}
