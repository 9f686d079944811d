import Foundation
import Manifest
import Testing

/// What lies in folders, and what does not.
@Suite struct FileTests {
    /// Hands a new folder out, and takes it away again.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "rota-manifests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
        }
        try body(folder)
    }

    private func write(_ path: String, _ text: String) throws {
        let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        try FileManager.default.createDirectory(atPath: String(folder), withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    private func calendar(_ name: String) -> String { "kind: Calendar\nname: \(name)\n" }

    @Test func `a folder is read in the order of names, with what is below it`() throws {
        try withFolder { folder in
            try write(folder + "/b.yaml", calendar("b"))
            try write(folder + "/a.yml", calendar("a"))
            try write(folder + "/below/deeper/c.yaml", calendar("c"))
            try write(folder + "/note.txt", "no: [manifest")
            try write(folder + "/.hidden.yaml", "no: [manifest")
            try write(folder + "/.git/x.yaml", "no: [manifest")
            let result = ManifestReader.read(paths: [folder])
            #expect(result.problems == [])
            #expect(result.definitions.map(\.name) == ["a", "b", "c"])
            #expect(result.documents.map(\.file) == ["/a.yml", "/b.yaml", "/below/deeper/c.yaml"].map { folder + $0 })
        }
    }

    @Test func `links in a circle, and a file that is named twice, are read once`() throws {
        try withFolder { folder in
            try write(folder + "/a.yaml", calendar("a"))
            try write(folder + "/sub/b.yaml", calendar("b"))
            let files = FileManager.default
            try files.createSymbolicLink(atPath: folder + "/sub/up", withDestinationPath: folder)
            try files.createSymbolicLink(atPath: folder + "/sub/nowhere.yaml", withDestinationPath: folder + "/gone")
            try files.createSymbolicLink(atPath: folder + "/self.yaml", withDestinationPath: folder + "/self.yaml")
            let result = ManifestReader.read(paths: [folder + "/a.yaml", folder, folder + "/sub/"])
            #expect(result.problems == [])
            #expect(result.definitions.map(\.name) == ["a", "b"])
        }
    }

    @Test func `what is not there, or holds nothing, is a problem`() throws {
        try withFolder { folder in
            #expect(
                ManifestReader.read(paths: [folder + "/no.yaml", folder]).problems.map(\.description) == [
                    "\(folder): there is no manifest in this folder\n  manifests end in .yaml or .yml",
                    "\(folder)/no.yaml: there is no such file or folder\n"
                        + "  name a manifest, or a folder of manifests",
                ])
        }
    }

    @Test func `a file without end costs no more than its limit`() {
        let problems = ManifestReader.read(paths: ["/dev/zero"]).problems.map(\.description)
        #expect(problems == ["/dev/zero:1:1: a hidden character (U+0000) is not allowed\n  take it out"])
    }

    @Test func `names are looked for in all files together`() throws {
        try withFolder { folder in
            try write(folder + "/assets.yaml", "kind: Asset\nname: a\nclient: c\nis: server\n")
            try write(folder + "/clients.yaml", "kind: Client\nname: c\ntimezone: UTC\n")
            #expect(ManifestReader.read(paths: [folder]).allProblems(now: newYear) == [])
        }
    }
}
