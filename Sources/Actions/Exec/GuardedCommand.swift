import CGuard
import Glibc

/// Starts a command under its guard, takes its output, and waits for its end. Blocks the thread it runs on.
struct GuardedCommand: Sendable {
    let plan: CommandPlan
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
        let pid = spawn(input: input.number, output: output.theirs.number, channel: channel.theirs.number)
        // Only the guard may hold these from here on, or their ends would never be seen.
        input.close()
        output.theirs.close()
        channel.theirs.close()
        guard pid > 0 else { return .notStarted(errorText(-pid)) }
        permit.attach(channel.mine.number)
        let end = GuardConversation(
            channel: channel.mine.number, output: output.mine.number, program: plan.program, directory: plan.directory
        ).run(into: &collector)
        permit.detach()
        output.mine.close()
        channel.mine.close()
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        return end
    }

    private func spawn(input: CInt, output: CInt, channel: CInt) -> pid_t {
        let variables = plan.environment.map { Array($0.name.utf8) + [UInt8(ascii: "=")] + $0.value }
        let texts = [plan.program, plan.directory].map { Array($0.utf8) }
        return CStrings(texts).withList { texts in
            CStrings(plan.arguments.map { Array($0.utf8) }).withList { arguments in
                CStrings(variables).withList { environment in
                    guard let program = texts[0], let directory = texts[1] else { return -EINVAL }
                    // Where the permit is over before anything has begun, nothing does.
                    let permitted = permit.until
                    var command = guard_command(
                        program: program, arguments: arguments, environment: environment, directory: directory,
                        input: input, output: output, channel: channel, permit: permitted.nanoseconds,
                        start_by: min(startBy, permitted).nanoseconds, timeout: timeout.magnitudeInNanoseconds,
                        grace: grace.magnitudeInNanoseconds)
                    return guard_spawn(&command)
                }
            }
        }
    }

    private func openInput() -> CInt {
        guard let input = plan.input else { return open("/dev/null", O_RDONLY | O_CLOEXEC) }
        return Array(input.utf8).withUnsafeBytes { guard_input($0.baseAddress, $0.count) }
    }
}
