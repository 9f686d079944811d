import Testing

@testable import rota

struct LatencyFiguresTests {
    @Test func `a percentile is the latency that so many of a hundred do not exceed`() {
        let figures = LatencyFigures((1...200).reversed().map { .milliseconds($0) })
        #expect(figures.percentile(50) == 100)
        #expect(figures.percentile(99) == 198)
        #expect(figures.percentile(100) == 200)
        #expect(LatencyFigures([.microseconds(1500)]).percentile(99) == 1.5)
    }

    @Test(arguments: [("50ms", 50), ("2s", 2000), ("1m", 60_000)])
    func `a span of a benchmark may be shorter than a second`(_ text: String, milliseconds: Int) {
        #expect(BenchSpan(argument: text)?.duration == .milliseconds(milliseconds))
    }

    @Test(arguments: ["0ms", "ms", "-5ms", "61s", "0s", "1d", "5"])
    func `a span of a benchmark is one millisecond to one minute`(_ text: String) {
        #expect(BenchSpan(argument: text) == nil)
    }
}
