/// An endless sequence of what a listener hears. It ends when its task is cancelled.
public struct Notifications: AsyncSequence, Sendable {
    public typealias Element = ListenerEvent
    public typealias Failure = Never

    let configuration: Configuration
    let channels: [String]
    let clock: any Clock<Duration>

    public func makeAsyncIterator() -> Iterator {
        Iterator(configuration: configuration, channels: channels, clock: clock)
    }

    public struct Iterator: AsyncIteratorProtocol {
        let configuration: Configuration
        let channels: [String]
        let clock: any Clock<Duration>
        private var connection: Connection?
        private var heard: ArraySlice<ListenerEvent> = []
        private var backoff = Backoff()
        private var outageWasTold = false

        /// How long after a pooler was found it is looked for again, at most: somebody may have taken it away.
        private static var poolerWait: Duration { .seconds(60) }

        init(configuration: Configuration, channels: [String], clock: any Clock<Duration>) {
            self.configuration = configuration
            self.channels = channels
            self.clock = clock
        }

        public mutating func next() async -> ListenerEvent? {
            while !Task.isCancelled {
                if let event = heard.popFirst() { return event }
                do {
                    if let event = try await step() { return event }
                } catch let error as PostgresError where error.kind != .cancelled {
                    if let event = fail(error) { return event }
                } catch {
                    break
                }
            }
            await hangUp()
            return nil
        }

        /// Connects, or waits for something to be heard.
        private mutating func step() async throws -> ListenerEvent? {
            if let connection {
                heard = try await connection.nextNotifications()[...]
                return nil
            }
            // The first attempt after an outage waits too, as every session of the server comes back at once.
            if outageWasTold { try await clock.sleep(for: backoff.next()) }
            let opened = try await Connection.connect(configuration)
            if try await opened.isPooled() {
                await opened.close()
                // Nobody goes on knocking at a door behind which nobody can hear.
                backoff = Backoff(first: Self.poolerWait, limit: Self.poolerWait)
                throw PostgresError.deafBehindPooler
            }
            try await opened.listen(to: channels)
            connection = opened
            outageWasTold = false
            backoff = Backoff()
            return .connected
        }

        private mutating func fail(_ error: PostgresError) -> ListenerEvent? {
            connection = nil
            defer { outageWasTold = true }
            return outageWasTold ? nil : .disconnected(error)
        }

        private mutating func hangUp() async {
            await connection?.close()
            connection = nil
        }
    }
}
