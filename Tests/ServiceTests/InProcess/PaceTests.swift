import Testing

@testable import Worker

/// How many runs a worker takes ahead of their turn.
@Suite struct PaceTests {
    @Test func `nothing is taken ahead before a run has ended, nor where runs are long`() {
        let pace = Pace(slots: 8, most: 200)
        #expect(pace.ahead == (0, 0))
        pace.note(.seconds(3), of: .proactive)
        #expect(pace.ahead == (0, 0))
    }

    @Test func `as many are taken ahead as the slots do in a quarter of a second, up to the most`() {
        let pace = Pace(slots: 8, most: 200)
        pace.note(.milliseconds(100), of: .proactive)
        #expect(pace.ahead.most == 20)
        let quick = Pace(slots: 8, most: 200)
        quick.note(.microseconds(10), of: .reactive)
        #expect(quick.ahead == (200, 200))
        #expect(quick.isQuick && !pace.isQuick)
    }

    @Test func `long runs that somebody asked for keep nothing scheduled from being taken ahead, nor the reverse`() {
        let pace = Pace(slots: 8, most: 200)
        pace.note(.milliseconds(10), of: .proactive)
        pace.note(.seconds(60), of: .reactive)
        #expect(pace.ahead == (200, 0))
        let other = Pace(slots: 8, most: 200)
        other.note(.seconds(60), of: .proactive)
        other.note(.milliseconds(10), of: .reactive)
        #expect(other.ahead == (0, 0), "what is taken ahead may be of either lane")
    }

    @Test func `what found no slot is not taken ahead again before others of its lane have been quick`() {
        let pace = Pace(slots: 8, most: 200)
        pace.note(.milliseconds(1), of: .reactive)
        #expect(pace.ahead == (200, 200))
        pace.noteWait(.seconds(2), of: .reactive)
        #expect(pace.ahead == (0, 0))
        for _ in 0..<30 { pace.note(.milliseconds(1), of: .reactive) }
        #expect(pace.ahead.reactive > 0)
    }
}
