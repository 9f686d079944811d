import CGuard
import Glibc

/// Starts a command under its guard, takes its output, and waits for its end. Blocks the thread it runs on.
struct GuardedCommand: Sendable {
    let plan: CommandPlan
    /// Absolute; it is there.
    let directory: String
    let home: String
    let permit: Permit
    let startBy: BootTime
    let timeout: Duration
    let grace: Duration

    func run() -> (end: CommandEnd, collected: Collected) {
        var collector = OutputCollector(secrets: plan.secrets)
        let end = permit.isEnded ? .neverStarted : start(into: &collector)
        return (end, collector.finish())
    }

    private func start(into collector: inout OutputCollector) -> CommandEnd {
        guard let channel = DescriptorPair.channel(), let output = DescriptorPair.pipe() else {
            return .notStarted(errorText(errno))
        }
        let input = Descriptor(openInput())
        guard input.number >= 0 else { return .notStarted("its input could not be prepared") }
        let pid = spawn(
            input: input.number, output: output.theirs.number, channel: channel.theirs.number)
        // Only the guard may hold these from here on, or their ends would never be seen.
        output.theirs.close()
        channel.theirs.close()
        guard pid > 0 else { return .notStarted(errorText(-pid)) }
        permit.attach(channel.mine.number)
        let end = GuardConversation(
            channel: channel.mine.number, output: output.mine.number, program: plan.program, directory: directory
        ).run(into: &collector)
        permit.detach()
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        return end
    }

    private func spawn(input: CInt, output: CInt, channel: CInt) -> pid_t {
        let variables = plan.environment.map { Array($0.name.utf8) + [UInt8(ascii: "=")] + $0.value }
        let home = Array("HOME=\(home)".utf8)
        let named = variables.contains { $0.starts(with: Array("HOME=".utf8)) } ? variables : variables + [home]
        let arguments = CStrings(plan.arguments.map { Array($0.utf8) })
        let environment = CStrings(named)
        return plan.program.withCString { program in
            directory.withCString { directory in
                var command = guard_command(
                    program: program, arguments: arguments.pointer, environment: environment.pointer,
                    directory: directory, input: input, output: output, channel: channel,
                    permit: permit.until.nanoseconds, start_by: startBy.nanoseconds,
                    timeout: timeout.magnitudeInNanoseconds, grace: grace.magnitudeInNanoseconds)
                return guard_spawn(&command)
            }
        }
    }

    private func openInput() -> CInt {
        guard let input = plan.input else { return open("/dev/null", O_RDONLY | O_CLOEXEC) }
        return Array(input.utf8).withUnsafeBytes { guard_input($0.baseAddress, $0.count) }
    }
}
