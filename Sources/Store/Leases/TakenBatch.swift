import Model
import Postgres
import Recurrence

/// Runs of a queue and a lane that were taken together, as `rota.lease` tells of them: in the order in which they are to be
/// started.
struct TakenBatch: Sendable {
    let lease: Int64
    let leasedAt: Instant
    let stream: WorkDesk.Stream
    let lastTurn: Instant
    let runs: [Int64]
    let dues: [Instant]
    private let jobs: [Int64]
    private let revisions: [Int32]
    private let clients: [Int64]
    private let clientChanges: [Instant]
    private let assets: [Int64?]?
    private let assetChanges: [Instant?]?
    private let localTimes: [String?]?
    private let startBys: [Instant?]?
    private let attempts: [Int16]?
    private let losses: [Int16]?

    init(_ row: Row) throws {
        lease = try row.get(0)
        leasedAt = try row.get(1)
        stream = WorkDesk.Stream(queue: try row.get(2), lane: try row.get(3))
        lastTurn = try row.get(4)
        runs = try row.get(5)
        dues = try row.get(6)
        jobs = try row.get(7)
        revisions = try row.get(8)
        clients = try row.get(9)
        clientChanges = try row.get(10)
        assets = try row.get(11)
        assetChanges = try row.get(12)
        localTimes = try row.get(13)
        startBys = try row.get(14)
        attempts = try row.get(15)
        losses = try row.get(16)
    }

    /// Those of its runs that name different definitions: where all name the same, the first.
    var placesOfDefinitions: Range<Int> {
        jobs.count == 1 && revisions.count == 1 && clients.count == 1 && assets == nil ? 0..<1 : 0..<runs.count
    }

    /// One of its runs, by its place from 0.
    func run(_ place: Int) -> TakenRun {
        TakenRun(
            attempt: lease * 1000 + Int64(place) + 1, run: runs[place], due: dues[place],
            revision: WorkDesk.Revision(job: Self.value(jobs, place), revision: Self.value(revisions, place)),
            client: Self.value(clients, place), clientChangedAt: Self.value(clientChanges, place),
            asset: assets.flatMap { Self.value($0, place) },
            assetChangedAt: assetChanges.flatMap { Self.value($0, place) },
            local: localTimes.flatMap { Self.value($0, place) }, startBy: startBys.flatMap { Self.value($0, place) },
            attempts: attempts.map { Self.value($0, place) } ?? 0, losses: losses.map { Self.value($0, place) } ?? 0)
    }

    /// Where there is one value it is that of all.
    private static func value<T>(_ values: [T], _ place: Int) -> T {
        values.count == 1 ? values[0] : values[place]
    }
}
