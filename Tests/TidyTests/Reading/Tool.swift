import Foundation

/// A program of this machine that a test runs to its end.
struct Tool {
    let exitCode: Int32
    /// Standard output and error together, in the order in which they came.
    let output: String

    /// - Parameters:
    ///   - arguments: the first is looked for on the path, unless it is a path itself.
    ///   - environment: all that it gets; this process's own if nil.
    @discardableResult
    static func run(_ arguments: [String], environment: [String: String]? = nil) throws -> Tool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = Repository.root
        if let environment { process.environment = environment }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Tool(exitCode: process.terminationStatus, output: String(decoding: bytes, as: UTF8.self))
    }
}
