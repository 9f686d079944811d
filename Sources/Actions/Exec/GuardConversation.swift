import CGuard
import Glibc

/// Listens to a guard and takes the command's output, until the guard tells the end.
///
/// The output is always drained, so that a command never waits for its worker. After the end no more is taken than was
/// there already: whoever still holds the pipe open holds nobody up.
struct GuardConversation {
    let channel: CInt
    let output: CInt
    let program: String
    let directory: String

    private static let pieceSize = 65_536
    /// No pipe holds more than this (fs.pipe-max-size) unless an administrator has raised it.
    private static let mostAfterEnd = 1_048_576

    func run(into collector: inout OutputCollector) -> CommandEnd {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 16)
        defer { piece.deallocate() }
        var isOpen = true
        var process: pid_t?
        while true {
            var events = [
                pollfd(fd: channel, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isOpen ? output : -1, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&events, 2, -1) > 0 else { continue }
            if events[1].revents != 0 { isOpen = take(piece, into: &collector) != 0 }
            guard events[0].revents != 0 else { continue }
            let report = nextReport()
            if let report, report.kind == GUARD_STARTING.rawValue {
                process = report.process
                continue
            }
            drain(piece, into: &collector)
            return end(report, process: process)
        }
    }

    /// How many bytes there were: 0 at the end, negative where there are none now.
    private func take(_ piece: UnsafeMutableRawBufferPointer, into collector: inout OutputCollector) -> Int {
        while true {
            let count = read(output, piece.baseAddress, piece.count)
            if count < 0 && errno == EINTR { continue }
            if count > 0 { collector.take(UnsafeRawBufferPointer(rebasing: piece[..<count])) }
            return count
        }
    }

    private func drain(_ piece: UnsafeMutableRawBufferPointer, into collector: inout OutputCollector) {
        var drained = 0
        while drained < Self.mostAfterEnd {
            let count = take(piece, into: &collector)
            if count <= 0 { return }
            drained += count
        }
    }

    /// Nil where the guard is gone.
    private func nextReport() -> guard_report? {
        var report = guard_report()
        let size = MemoryLayout<guard_report>.size
        while true {
            let count = recv(channel, &report, size, 0)
            // A guard that is gone without having read its last orders "resets" the channel: that is told once, and
            // before what it had reported.
            if count < 0 && (errno == EINTR || errno == ECONNRESET) { continue }
            return count == size ? report : nil
        }
    }

    private func end(_ report: guard_report?, process: pid_t?) -> CommandEnd {
        guard let report else {
            // The command itself died with its guard; what it started may still be there.
            if let process { kill(-process, SIGKILL) }
            return .unguarded
        }
        if report.kind == GUARD_NOT_STARTED.rawValue { return notStarted(report) }
        let left = Int(report.left)
        switch guard_reason(UInt32(report.reason)) {
        case GUARD_TIMEOUT: return .ended(.timeout, left: left)
        case GUARD_PERMIT: return .ended(.permit, left: left)
        case GUARD_BY_ITSELF: break
        default: return .ended(.ordered, left: left)
        }
        return report.signal != 0 ? .signalled(report.signal, left: left) : .exited(Int(report.exit_code), left: left)
    }

    private func notStarted(_ report: guard_report) -> CommandEnd {
        switch guard_stage(UInt32(report.stage)) {
        case GUARD_STAGE_TOO_LATE: .tooLate
        case GUARD_STAGE_DIRECTORY:
            .notStarted("it cannot run in \(directory): \(errorText(report.error))")
        case GUARD_STAGE_PROGRAM: .notStarted(Self.whyNot(program, report.error))
        default: .notStarted(errorText(report.error))
        }
    }

    private static func whyNot(_ program: String, _ code: CInt) -> String {
        switch code {
        case ENOENT: "\(program) names a program in its first line (#!) that is not there"
        case ENOEXEC: "\(program) is no program that this machine can run (a script begins with #!)"
        case E2BIG: "its arguments and its environment are too long"
        default: "\(program): \(errorText(code))"
        }
    }
}
