import Actions
import Logging
import Store

extension WorkerService {
    /// Takes runs while there is room for them and tells what came of them, until the worker is to stop and nothing is
    /// left in hand.
    func work(_ desk: WorkDesk) async {
        await withDiscardingTaskGroup { runs in
            var deadline: BootTime?
            while !isOver {
                if hands.isStopping { hurryAfter(&deadline) }
                handBackQueued()
                let isAnswered = await turn(desk)
                for hand in hands.start() {
                    runs.addTask { await perform(hand) }
                }
                // Nobody rings any more for one that has nothing in hand and takes nothing.
                if isOver { break }
                if isAnswered {
                    await bell.wait()
                    if hands.areBusy && pace.isQuick { await idle.wait(upTo: Self.gathering, clock: clock) }
                } else {
                    await rest()
                }
            }
        }
    }

    /// While very short runs are at work, their ends are told together, so long after the first at most: each turn at the
    /// database costs as much as many runs.
    private static let gathering = Duration.milliseconds(5)

    /// Has the worker look by itself now and then, whatever it was told; by chance sooner or later, so that not all look in the
    /// same moment. Who waits for the bell waits for no clock besides, which would have to be made and ended each time.
    func tick() async {
        do {
            while true {
                try await clock.sleep(for: settings.poll * Double.random(in: 0.8...1))
                bell.ring()
            }
        } catch {
            // Cancelled: the worker has ended.
        }
    }

    /// Whether it is to stop, and nothing is left in hand.
    private var isOver: Bool { (hands.isStopping || Task.isCancelled) && hands.count == 0 }

    /// Ends what is going once it has had its time.
    private func hurryAfter(_ deadline: inout BootTime?) {
        let now = BootTime.reading()
        let end = deadline ?? now + settings.drain
        deadline = end
        guard now >= end, !hands.isHurried else { return }
        logger.warning("what is going takes too long, and is handed back", metadata: ["runs": "\(hands.count)"])
        hands.hurry()
    }

    /// What was taken ahead and has waited too long, or is not to be started any more, is for another worker.
    private func handBackQueued() {
        let all = hands.isStopping || Task.isCancelled
        let latest = BootTime.reading() + (.zero - settings.queueTime)
        for hand in hands.takeFromQueue(where: { all || $0.takenAt < latest }) {
            if !all { pace.noteWait(settings.queueTime, of: hand.lease.lane) }
            hands.putBack([EndedHand(hand: hand, end: hand.whyEnded == .superseded ? nil : .released)])
        }
    }

    /// - Returns: whether the database answered.
    private func turn(_ desk: WorkDesk) async -> Bool {
        let ended = hands.takeEnded(upTo: Self.mostOutput)
        let room = hands.room(ahead: pace.ahead)
        guard ended.contains(where: { $0.end != nil }) || room.most > 0 else {
            hands.remove(ended.map(\.hand))
            return true
        }
        // From before it is asked for, so that the worker's own time is never later than the database's.
        let asked = BootTime.reading()
        let wanted = Wanted(
            most: room.most, mostReactive: room.reactive, length: settings.leaseLength,
            looksEverywhere: looks.mayBeEverywhere(at: asked))
        do {
            let turn = try await store.takeTurn(
                desk, ended: ended.compactMap(Self.told), wanted: room.most > 0 ? wanted : nil)
            let answered = BootTime.reading()
            if room.most > 0 { looks.note(answered - asked, everywhere: wanted.looksEverywhere, at: answered) }
            note(ended, recorded: turn.recorded)
            if let trouble = turn.trouble {
                logger.error("runs were taken that cannot be told", metadata: ["error": "\(trouble)"])
            }
            hands.add(turn.leases.map { hand($0, asked: asked) })
            return true
        } catch {
            return await failed(ended, error, desk)
        }
    }

    /// How many bytes of output are told in one turn, at most, beyond those of one run.
    private static let mostOutput = 4 * 1_048_576

    private static func told(_ ended: EndedHand) -> EndedAttempt? {
        ended.end.map { EndedAttempt(ended.hand.lease, $0) }
    }

    private func hand(_ lease: Lease, asked: BootTime) -> Hand {
        Hand(
            lease: lease, permit: Permit(until: asked + settings.permitLength), takenAt: asked,
            startBy: lease.startWithin.map { asked + $0 } ?? .distantFuture)
    }

    private func note(_ ended: [EndedHand], recorded: Set<Int64>) {
        hands.remove(ended.map(\.hand))
        guard logger.logLevel <= .warning else { return }
        for ended in ended {
            switch ended.end {
            case nil: break
            case _ where !recorded.contains(ended.hand.lease.attempt):
                logger(of: ended.hand).warning("the attempt was superseded; its result is dropped")
            case .released: logger(of: ended.hand).info("handed back")
            case .finished(let outcome, let verdict):
                guard logger.logLevel <= .info else { break }
                logger(of: ended.hand).info(
                    "ended", metadata: ["outcome": "\(outcome.ended)", "verdict": "\(verdict)"])
            }
        }
    }

    /// Tells again while the database cannot answer: to tell twice of the same attempt is harmless, and not to tell would
    /// have the work done twice. Once the worker must stop at once nothing is told any more: the leases run out.
    private func failed(_ ended: [EndedHand], _ error: any Error, _ desk: WorkDesk) async -> Bool {
        if Task.isCancelled || hands.isHurried && Store.isPassing(error) {
            hands.remove(ended.map(\.hand))
            return true
        }
        if Store.isPassing(error) || ended.isEmpty {
            logger.warning("the database could not be asked", metadata: ["error": "\(error)"])
            hands.putBack(ended)
        } else if let only = ended.first, ended.count == 1 {
            logger(of: only.hand).error(
                "the result was refused; the lease is left to run out", metadata: ["error": "\(error)"])
            hands.remove([only.hand])
        } else {
            // One of them is refused: each is told by itself, so that the others do not go down with it.
            await tellEach(ended, desk)
        }
        return false
    }

    private func tellEach(_ ended: [EndedHand], _ desk: WorkDesk) async {
        for one in ended {
            do {
                let turn = try await store.takeTurn(desk, ended: [one].compactMap(Self.told), wanted: nil)
                note([one], recorded: turn.recorded)
            } catch {
                _ = await failed([one], error, desk)
            }
        }
    }
}
