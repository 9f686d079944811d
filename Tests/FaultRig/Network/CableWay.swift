import Glibc
import Recurrence
import Synchronization

/// One way through a cable: packets that come out at one end go in at the other, late, in another order, or never.
final class CableWay: Sendable {
    struct Weather: Sendable {
        /// Nothing goes through, and nobody is told.
        var isCut = false
        /// Of a hundred packets so many do not arrive.
        var loss = 0
        /// How late a packet may be, in milliseconds; two that are not equally late change places.
        var delay = 0...0
    }

    struct Tally: Sendable {
        var passed = 0
        var dropped = 0
        var late = 0
    }

    private struct State {
        var weather = Weather()
        var tally = Tally()
        var isOver = false
    }

    private struct Packet {
        var bytes: [UInt8]
        var due: Instant
    }

    private let state = Mutex(State())
    private let from: NetworkSpace
    private let to: NetworkSpace

    init(from: NetworkSpace, to: NetworkSpace) {
        self.from = from
        self.to = to
    }

    var tally: Tally { state.withLock(\.tally) }

    func set(_ weather: Weather) {
        state.withLock { $0.weather = weather }
    }

    func end() {
        state.withLock { $0.isOver = true }
    }

    /// Carries packets until it is ended. Blocks.
    func carry(_ chance: Chance) {
        var chance = chance
        var waiting: [Packet] = []
        while !state.withLock(\.isOver) {
            let now = WallClock.read()
            for packet in waiting where packet.due <= now { write(to.cable, packet.bytes, packet.bytes.count) }
            waiting.removeAll { $0.due <= now }
            let next = waiting.map { $0.due - now }.min() ?? .milliseconds(100)
            var look = pollfd(fd: from.cable, events: Int16(POLLIN), revents: 0)
            guard poll(&look, 1, Int32(next / .milliseconds(1)) + 1) > 0 else { continue }
            while let packet = take(&chance) { waiting.append(packet) }
        }
    }

    /// The next packet that is there and arrives.
    private func take(_ chance: inout Chance) -> Packet? {
        var bytes = [UInt8](repeating: 0, count: 2048)
        while case let count = read(from.cable, &bytes, bytes.count), count > 0 {
            let lot = Int.random(in: 0..<100, using: &chance)
            let (isLost, delay) = state.withLock { state in
                let isLost = state.weather.isCut || lot < state.weather.loss
                state.tally.dropped += isLost ? 1 : 0
                state.tally.passed += isLost ? 0 : 1
                state.tally.late += !isLost && state.weather.delay.upperBound > 0 ? 1 : 0
                return (isLost, state.weather.delay)
            }
            if isLost { continue }
            return Packet(bytes: Array(bytes[..<count]), due: WallClock.read() + chance.milliseconds(delay))
        }
        return nil
    }
}
