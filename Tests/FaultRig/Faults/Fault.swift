import TestSupport

/// What is done to a fleet at work.
public enum Fault: String, CaseIterable, Sendable {
    /// kill -9, while it has a command in hand; another is started at once, as a service manager does.
    case killWorker
    /// kill -9; another is started at once.
    case killScheduler
    /// SIGSTOP for longer than lease and grace, while it has a command in hand, and SIGCONT.
    case stopWorker
    /// SIGSTOP in the middle of a transaction, and SIGCONT after longer than the server waits for it.
    case stopScheduler
    /// Every process of the server is killed at once, and it is started again.
    case crashDatabase
    /// The server is restarted, which ends every session.
    case restartDatabase
    /// Every connection is cut, several times, and no new one is taken for a while.
    case cutConnections
    /// Nothing goes through, for longer than lease and grace, while connections stay up; slowly before and after.
    case stallConnections
    /// Connections are cut while their clients wait for the end of a COMMIT.
    case cutCommits
    /// Pipelines are sent in part, and the server hears no more, not even that the client has gone.
    case halvePipelines
    /// The primary is killed, and the synchronous standby takes its place.
    case failOver
    /// A transaction with an old snapshot is open all the while.
    case oldSnapshot
    /// The database's clock jumps ahead, by more than leases last.
    case moveClock
    /// The disk with the server's files is full for some seconds: no table can grow.
    case fillDisk
    /// The same, with the server's own log, which it cannot do without.
    case fillLog
    /// The cable between the database and a site is pulled for longer than lease and grace, and put back.
    case pullCable
    /// One way nothing goes through the cable for some seconds.
    case deafenCable
    /// Packets in the cable are lost, late and out of order.
    case wearCable
    /// The cable is pulled, and all parts at the site are gone; others are started elsewhere.
    case loseSite

    var needsDisk: Bool { self == .fillDisk || self == .fillLog }
    var needsCable: Bool { [.pullCable, .deafenCable, .wearCable, .loseSite].contains(self) }

    /// Why it cannot be tried on this machine; nil where it can.
    public func whyNot() async throws -> String? {
        if needsCable { return await Cable.whyNot() }
        return needsDisk ? try Disk.whyNot() : nil
    }
}
