import FaultRig
import Glibc
import TestSupport

/// What a process holds in memory (proc(5), `status`).
enum ProcessMemory {
    /// The most that it ever held, in KiB.
    static func highWater(of process: pid_t) throws -> Int {
        let path = "/proc/\(process)/status"
        let line = try File.read(path).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let size = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Int($0) }) else {
            throw TestSupportError("\(path) tells no VmHWM")
        }
        return size
    }
}
