import Recurrence
import Testing

@testable import rota

struct WordsTests {
    @Test(arguments: [
        (0, "0s"), (45, "45s"), (60, "1m"), (61, "1m 1s"), (3_600, "1h"), (3_661, "1h 1m"), (11_100, "3h 5m"),
        (86_399, "23h 59m"), (86_400, "1d"), (86_460, "1d"), (1_051_200, "12d 4h"), (-61, "-1m 1s"),
    ]) func `spans are told in their two largest units`(_ seconds: Int, _ words: String) {
        #expect(Words.span(.seconds(seconds)) == words)
    }

    @Test func `distances say whether they lie ahead`() {
        let now = Instant(seconds: 1_000_000)
        #expect(Words.distance(to: now + .seconds(90), from: now) == "in 1m 30s")
        #expect(Words.distance(to: now - .seconds(90), from: now) == "1m 30s ago")
        #expect(Words.distance(to: now + .milliseconds(900), from: now) == "now")
    }

    @Test func `moments are told to the second, in UTC`() {
        #expect(Words.moment(Instant(microseconds: 1_500_000)) == "1970-01-01 00:00:01Z")
    }

    @Test func `one is not many`() {
        #expect(Words.count(1, "run") == "1 run" && Words.count(0, "run") == "0 runs")
        #expect(Words.count(2, "copy", "copies") == "2 copies")
    }
}
