import Actions
import Store
import Synchronization
import Worker

/// Enqueues runs that do nothing, and works them off.
struct BenchDrain: Sendable {
    let runs: Int64
    let connections: Int
    let batch: Int

    /// As many as are enqueued in one transaction.
    private static let chunk: Int64 = 2000

    func run(on ground: BenchGround) async throws -> DrainFigures {
        let begin = BootTime.reading()
        try await enqueue(on: ground)
        let enqueued = BootTime.reading()
        let before = try await ground.store.walPosition()
        let drainBegin = BootTime.reading()
        try await drain(on: ground)
        let drained = BootTime.reading()
        let written = try await ground.store.walPosition() - before
        let succeeded = try await ground.store.succeeded(in: ground.place)
        guard succeeded == runs else {
            throw CommandFailure(
                "of \(runs) runs \(succeeded) were recorded", mend: "see that no other program is at the bench's queue")
        }
        return DrainFigures(
            runs: runs, connections: connections, batch: batch, enqueuing: enqueued - begin,
            draining: drained - drainBegin, walBytes: written)
    }

    private func enqueue(on ground: BenchGround) async throws {
        let chunks = Chunks(of: Self.chunk, until: runs)
        try await withThrowingTaskGroup { group in
            for _ in 0..<connections {
                group.addTask {
                    while let numbers = chunks.next() {
                        try await ground.store.enqueue(numbers, in: ground.place)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func drain(on ground: BenchGround) async throws {
        let slots = min(8, batch)
        let performer = CountingPerformer(until: runs)
        let workers = (1...connections).map { number in
            ground.worker("\(number)", performer) { settings in
                settings.profile.slots = slots
                settings.profile.reserve = 0
                settings.mostAhead = batch - slots
            }
        }
        try await withThrowingTaskGroup { group in
            for worker in workers { group.addTask { try await worker.run() } }
            await performer.done.wait()
            for worker in workers { worker.stop() }
            try await group.waitForAll()
        }
    }
}

/// Hands out numbers in chunks.
private final class Chunks: Sendable {
    private let length: Int64
    private let end: Int64
    private let first = Atomic<Int64>(0)

    init(of length: Int64, until end: Int64) {
        self.length = length
        self.end = end
    }

    func next() -> Range<Int64>? {
        let first = first.add(length, ordering: .relaxed).oldValue
        return first < end ? first..<min(first + length, end) : nil
    }
}
