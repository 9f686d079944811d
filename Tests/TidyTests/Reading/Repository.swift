import Foundation

/// This repository's files, as they stand beside this one.
enum Repository {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// What is written by people, in the top level's own order.
    private static let written = [
        "Package.swift", "Sources", "Tests", "Jobs", "deploy", "docs", "Makefile", ".ci", "README.md", "CHANGELOG.md",
        "CONTRIBUTING.md",
    ]

    static let swiftFiles: [SwiftFile] = paths.filter { $0.hasSuffix(".swift") }.map {
        SwiftFile(path: $0, source: text(of: $0))
    }

    /// All but what is given word for word from elsewhere, such as vectors.
    static let textFiles: [TextFile] = paths.filter { !$0.hasSuffix(".jsonl") }.map {
        TextFile(path: $0, text: text(of: $0))
    }

    static let paths: [String] = written.flatMap { top -> [String] in
        let place = root.appending(path: top).path
        guard let inside = FileManager.default.enumerator(atPath: place) else { return [] }
        let below = inside.compactMap { $0 as? String }.map { "\(top)/\($0)" }
        return (below.isEmpty ? [top] : below).filter(isFile).sorted()
    }

    /// The names of the directories in one.
    static func folders(in directory: String) -> [String] {
        let place = root.appending(path: directory)
        let names = FileManager.default.subpaths(atPath: place.path) ?? []
        return names.filter { !$0.contains("/") && !isFile("\(directory)/\($0)") }.sorted()
    }

    private static func isFile(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: root.appending(path: path).path, isDirectory: &isDirectory)
            && !isDirectory.boolValue
    }

    private static func text(of path: String) -> String {
        guard let bytes = FileManager.default.contents(atPath: root.appending(path: path).path) else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
