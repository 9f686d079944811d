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

    /// Puts a program there that stands in for one of the system's.
    func stand(in name: String, _ script: String) throws {
        let file = directory.appending(path: name)
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
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
