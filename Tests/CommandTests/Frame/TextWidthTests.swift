import Testing

@testable import rota

struct TextWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한국", 4), ("ｆｕｌｌ", 8), ("👩‍💻", 2), ("✔️", 2), ("…", 1),
        ("\u{200B}", 0), ("─", 1), ("ß", 1),
    ]) func `characters take as many cells as a terminal gives them`(_ text: String, _ cells: Int) {
        #expect(TextWidth.of(text) == cells)
    }

    @Test(arguments: [
        ("one two three", 13, ["one two three"]), ("one two three", 8, ["one two", "three"]),
        ("one two three four", 5, ["one", "two", "thre…"]), ("unbreakable words", 6, ["unbre…"]), ("", 5, [""]),
        ("日本 語", 4, ["日本", "語"]),
    ]) func `sentences are broken between words, and cut after the last line`(
        _ text: String, _ width: Int, _ lines: [String]
    ) {
        #expect(TextWidth.wrapped(text, to: width, most: 3) == lines)
    }

    @Test(arguments: [
        ("harbour", 7, "harbour"), ("harbour", 6, "harbo…"), ("harbour", 1, "…"), ("harbour", 0, ""), ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
    ]) func `what is cut ends with an ellipsis, and never in half a character`(
        _ text: String, _ width: Int, _ cut: String
    ) {
        #expect(TextWidth.cut(text, to: width) == cut)
        #expect(TextWidth.of(TextWidth.cut(text, to: width)) <= max(width, 0))
    }
}
