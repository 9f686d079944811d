import Testing

@testable import rota

struct TableTests {
    static let table: Table = {
        var table = Table([
            .init("run", .right), .init("client", flexible: true), .init("seen", wide: true),
            .init("why", flexible: true),
        ])
        table.add(["7", "harbour-dental", "noon", "window nights opens at 2026-02-15T22:00:00Z"])
        table.add([.init(4711), .init(nil as String?), .init("ten"), .init("日本 \u{1B}[31m", style: .bad)])
        return table
    }()

    private static func terminal(_ width: Int, box: Bool = true, colour: Bool = false) -> Terminal {
        Terminal(width: width, hasBox: box, hasColour: colour)
    }

    @Test func `without a terminal nothing is cut, boxed or coloured`() {
        #expect(
            Self.table.rendered(on: .none) == """
                 RUN  CLIENT          WHY
                   7  harbour-dental  window nights opens at 2026-02-15T22:00:00Z
                4711  -               日本 \u{FFFD}[31m

                """)
    }

    @Test func `wide shows the other columns too`() {
        #expect(
            Self.table.rendered(on: .none, wide: true) == """
                 RUN  CLIENT          SEEN  WHY
                   7  harbour-dental  noon  window nights opens at 2026-02-15T22:00:00Z
                4711  -               ten   日本 \u{FFFD}[31m

                """)
    }

    @Test func `on a terminal the table fits its width, and the widest column that may be cut is`() {
        #expect(
            Self.table.rendered(on: Self.terminal(60)) == """
                ┌──────┬────────────────┬──────────────────────────────────┐
                │  run │ client         │ why                              │
                ├──────┼────────────────┼──────────────────────────────────┤
                │    7 │ harbour-dental │ window nights opens at 2026-02-… │
                │ 4711 │ -              │ 日本 \u{FFFD}[31m                       │
                └──────┴────────────────┴──────────────────────────────────┘

                """)
    }

    @Test(arguments: [20, 25, 30, 40, 50, 60, 79, 80, 100, 200]) func `no line is wider than the terminal`(_ width: Int)
    {
        for box in [true, false] {
            let text = Self.table.rendered(on: Self.terminal(width, box: box))
            #expect(text.split(separator: "\n").allSatisfy { TextWidth.of(String($0)) <= width })
        }
    }

    @Test func `a dumb terminal has neither box nor colour, but a width`() {
        #expect(
            Self.table.rendered(on: Self.terminal(40, box: false)) == """
                 RUN  CLIENT          WHY
                   7  harbour-dental  window nights ope…
                4711  -               日本 \u{FFFD}[31m

                """)
    }

    @Test func `colour surrounds the words and takes no room`() {
        let lines = Self.table.rendered(on: Self.terminal(60, colour: true)).split(separator: "\n")
        #expect(lines[4].contains("\u{1B}[31m日本 \u{FFFD}[31m\u{1B}[0m"))
        #expect(lines[4].contains("\u{1B}[2m-\u{1B}[0m             "))
    }

    static let noted: Table = {
        var table = Table([
            .init("run", .right), .init("why", note: true), .init("client", flexible: true),
        ])
        table.add(["7", "window nights opens at 2026-02-15T22:00:00Z", "harbour-dental"])
        table.add(["4711", .init(nil as String?), "orchard"])
        return table
    }()

    @Test func `on a terminal a note has the width under its row, which it may widen`() {
        #expect(
            Self.noted.rendered(on: Self.terminal(80)) == """
                ┌──────┬────────────────────────────────────────┐
                │  run │ client                                 │
                ├──────┼────────────────────────────────────────┤
                │    7 │ harbour-dental                         │
                │   window nights opens at 2026-02-15T22:00:00Z │
                │ 4711 │ orchard                                │
                └──────┴────────────────────────────────────────┘

                """)
        #expect(
            Self.noted.rendered(on: Self.terminal(30)) == """
                ┌──────┬─────────────────────┐
                │  run │ client              │
                ├──────┼─────────────────────┤
                │    7 │ harbour-dental      │
                │   window nights opens at   │
                │   2026-02-15T22:00:00Z     │
                │ 4711 │ orchard             │
                └──────┴─────────────────────┘

                """)
    }

    @Test func `without a terminal a note is a column like others`() {
        #expect(
            Self.noted.rendered(on: .none) == """
                 RUN  WHY                                          CLIENT
                   7  window nights opens at 2026-02-15T22:00:00Z  harbour-dental
                4711  -                                            orchard

                """)
    }

    @Test func `on a dumb terminal a note is a line of its own`() {
        #expect(
            Self.noted.rendered(on: Self.terminal(24, box: false)) == """
                 RUN  CLIENT
                   7  harbour-dental
                  window nights opens at
                  2026-02-15T22:00:00Z
                4711  orchard

                """)
    }
}
