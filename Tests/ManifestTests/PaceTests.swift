import Manifest
import Model
import Testing

/// Spans that leave some targets without their turn are told, and allowed.
@Suite struct PaceTests {
    private static func job(_ schedule: String, _ more: String = "") -> String {
        """
        kind: Window
        name: nights
        opens: {cron: "0 3 * * *"}
        duration: 2h
        cutoff: 30m
        ---
        kind: Job
        name: j
        targets: {is: server}
        schedule: {\(schedule)}
        action: {exec: {command: [/bin/true], timeout: 1m}}
        \(more)
        """
    }

    private static func told(_ text: String) -> [String] {
        ManifestReader.read(text: text, file: "m.yaml").allProblems(now: newYear).map(\.message)
    }

    @Test func `a spread longer than the period leaves targets out, unless they wait their turn`() {
        let missed = "the next is due after 1h, and what 'spread' moves past that is missed, the same targets each time"
        #expect(Self.told(Self.job("cron: '0 * * * *', spread: 2h")) == [missed])
        #expect(Self.told(Self.job("cron: '0 * * * *', spread: 2h", "overlap: queue")) == [])
        #expect(Self.told(Self.job("cron: '0 * * * *', spread: 1h")) == [])
    }

    @Test func `a spread longer than the window has room for moves targets to its next opening`() {
        let waits = "targets that it moves past the last start of window 'nights' wait for its next opening"
        #expect(Self.told(Self.job("cron: '0 3 * * *', spread: 6h", "window: nights")) == [waits])
        #expect(Self.told(Self.job("cron: '0 3 * * *', spread: 90m", "window: nights")) == [])
    }

    @Test func `soaks longer than the period leave the later rings out`() {
        let rings = "rollout: {rings: [{match: {ring: a}, soak: 12h}, {match: {ring: b}, soak: 13h}]}"
        let missed = "the next is due after 24h, and rings that still wait for a soak then are missed"
        #expect(Self.told(Self.job("cron: '0 3 * * *'", rings)) == [missed])
        #expect(Self.told(Self.job("cron: '0 3 * * SUN'", rings)) == [])
    }

    @Test func `not more than a hundred occurrences are made ahead of their time`() {
        let across = "rollout: {stopAfter: 0, across: clients}"
        #expect(
            Self.told(Self.job("every: 20s", across)) == [
                "4860 occurrences would wait for clients in all time zones at once"
            ])
        #expect(Self.told(Self.job("cron: '0 * * * *'", across)) == [])
        #expect(
            Self.told(Self.job("every: 1m", "lead: 1d")) == ["1440 occurrences would be made ahead of their time"])
        #expect(Self.told(Self.job("every: 1m", "lead: 1h")) == [])
    }
}
