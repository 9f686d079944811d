import FaultRig
import Glibc
import TestSupport

/// How much of a processor a process has used, and its children that have ended (proc(5), `stat`).
struct ProcessorTime: Sendable {
    let own: Duration
    let children: Duration

    init(of process: pid_t) throws {
        let path = "/proc/\(process)/stat"
        // The name in brackets may hold anything, so what counts comes after the last one.
        let words = try File.read(path).split(separator: ")").last?.split(separator: " ") ?? []
        guard words.count > 14, let user = Int64(words[11]), let system = Int64(words[12]),
            let childUser = Int64(words[13]), let childSystem = Int64(words[14])
        else { throw TestSupportError("\(path) is not understood") }
        let milliseconds = 1000 / Int64(sysconf(Int32(_SC_CLK_TCK)))
        own = .milliseconds((user + system) * milliseconds)
        children = .milliseconds((childUser + childSystem) * milliseconds)
    }
}
