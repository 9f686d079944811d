import Glibc

/// A program of the machine's that a test needs, run to its end.
struct Command: Sendable {
    let words: [String]

    struct Ending: Sendable {
        let status: Int32
        /// Standard output and standard error.
        let output: String
    }

    /// - Throws: `TestSupportError` where it cannot be started, or fails; with all that it printed.
    @discardableResult
    func run() throws -> String {
        let ending = try runToEnd()
        guard ending.status == 0 else {
            throw TestSupportError("\(words.joined(separator: " ")) failed (\(ending.status)):\n\(ending.output)")
        }
        return ending.output
    }

    func runToEnd() throws -> Ending {
        let channel = try Channel()
        defer { close(channel.ours) }
        let process: pid_t
        do {
            defer { close(channel.theirs) }
            process = try spawn(output: channel.theirs)
        }
        let output = Command.readToEnd(channel.ours)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return Ending(status: status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f, output: output)
    }

    /// Starts it and does not wait. Its standard input is `input`, or nothing.
    func spawn(input: Int32? = nil, output: Int32? = nil, inNewSession: Bool = false) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        Command.place(input, at: 0, opening: O_RDONLY, in: &actions)
        Command.place(output, at: 1, opening: O_WRONLY, in: &actions)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // What other threads have open at this moment is not theirs: a pipe held here would never come to its end.
        for number: Int32 in 3..<256 { posix_spawn_file_actions_addclose(&actions, number) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        if inNewSession {
            let newSession: Int16 = 0x80
            posix_spawnattr_setflags(&attributes, newSession)
        }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        let code = posix_spawnp(&process, words[0], &actions, &attributes, &arguments, environ)
        guard code == 0 else { throw TestSupportError("\(words[0]) cannot be started: error \(code)") }
        return process
    }

    private static func place(
        _ descriptor: Int32?, at number: Int32, opening flags: Int32, in actions: inout posix_spawn_file_actions_t
    ) {
        if let descriptor {
            posix_spawn_file_actions_adddup2(&actions, descriptor, number)
        } else {
            posix_spawn_file_actions_addopen(&actions, number, "/dev/null", flags, 0)
        }
    }

    private static func readToEnd(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count > 0 {
                bytes += chunk[..<count]
            } else if count == 0 || errno != EINTR {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }
}
