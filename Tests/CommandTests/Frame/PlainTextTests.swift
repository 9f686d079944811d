import Testing

@testable import rota

struct PlainTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("two\nlines", "two lines"), ("two\r\nlines", "two lines"), ("a\tb", "a b"),
        ("\u{1B}[31mred\u{1B}[0m", "\u{FFFD}[31mred\u{FFFD}[0m"), ("bell\u{7}", "bell\u{FFFD}"),
        ("\u{9B}2J", "\u{FFFD}2J"), ("nul\u{0}", "nul\u{FFFD}"), ("\u{202E}gnp.exe", "\u{FFFD}gnp.exe"),
        ("é, 日本, 👩‍💻", "é, 日本, 👩‍💻"),
    ]) func `one line holds nothing that a terminal would obey`(_ text: String, _ shown: String) {
        #expect(PlainText.line(text) == shown)
    }

    @Test(arguments: [
        ("one\ntwo\n", "one\ntwo\n"), ("dos\r\nlines\r\n", "dos\nlines\n"), ("over\rwritten", "over\u{FFFD}written"),
        ("end\r", "end\u{FFFD}"), ("a\tb", "a\tb"), ("\u{1B}]0;title\u{7}", "\u{FFFD}]0;title\u{FFFD}"),
    ]) func `output keeps its lines and tabs, and nothing else of control`(_ text: String, _ shown: String) {
        #expect(PlainText.lines(Array(text.utf8)) == shown)
    }

    @Test func `bytes that are not UTF-8 are shown as such`() {
        #expect(PlainText.lines([0x61, 0xFF, 0x62, 0x0A]) == "a\u{FFFD}b\n")
    }
}
