import Foundation

/// A directory that is there for one test, and the commands of `Jobs/bin` run in it.
final class Workbench {
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "rota-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(at: directory) } catch {
            print("left behind: \(directory.path): \(error)")
        }
    }

    func write(_ name: String, _ content: Data, age: TimeInterval = 0, from now: Date) throws {
        let file = directory.appending(path: name)
        try content.write(to: file)
        try FileManager.default.setAttributes(
            [.modificationDate: now.addingTimeInterval(-age)], ofItemAtPath: file.path)
    }

    /// Puts a program there that stands in for one of the system's. A child writes it: while this process had it open, a
    /// child that another test starts just then would have it open too, and the system runs no file that is written to.
    func stand(in name: String, _ script: String) throws {
        try Tool.run([
            "sh", "-c", #"printf '#!/bin/sh\n%s\n' "$2" >"$1" && chmod +x "$1""#, "sh",
            directory.appending(path: name).path,
            script,
        ])
    }
}

/// What a command of `Jobs/bin` said on its last line.
struct Report: Decodable {
    struct Finding: Decodable {
        let key: String
        let severity: String
        let text: String
    }

    struct Result: Decodable {
        let file: String?
        let checksum: String?
        let ageSeconds: Int?
        let manager: String?
        let pending: Int?
        let security: Int?
        let installed: Int?
    }

    let result: Result
    let findings: [Finding]
    var keys: [String] { findings.map(\.key) }

    init(_ tool: Tool) throws {
        let last = tool.output.split(separator: "\n").last.map(String.init) ?? ""
        self = try JSONDecoder().decode(Report.self, from: Data(last.utf8))
    }
}
