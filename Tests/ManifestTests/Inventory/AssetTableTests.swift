import Model
import Testing

@testable import Manifest

/// Assets from comma-separated values.
struct AssetTableTests {
    private func read(_ text: String) -> AssetList { AssetList(bytes: Array(text.utf8), file: "a.csv") }

    @Test func `columns are fields, labels and facts, and an empty cell is none`() {
        let list = read(
            """
            name,client,is,label.os,fact.purchased
            srv-1,harbour,server,linux,2021-03-09
            srv-2,harbour,server,,

            """)
        #expect(list.problems == [])
        #expect(
            list.entries.map(\.asset) == [
                Asset(
                    name: "srv-1", client: "harbour", kind: "server", labels: ["os": "linux"],
                    facts: ["purchased": "2021-03-09"]),
                Asset(name: "srv-2", client: "harbour", kind: "server"),
            ])
        #expect(list.entries.map(\.line) == [2, 3])
    }

    @Test func `an endpoint is told apart from what its kind says, and an empty cell leaves it to the kind`() {
        let list = read(
            "name,client,is,endpoint\na,c,server,\nb,c,server,false\nc,c,network,\nd,c,network,true\ne,c,person,no\n")
        #expect(list.entries.map(\.asset.isEndpoint) == [true, false, false, true])
        #expect(list.entries.map(\.asset.endpoint) == [nil, false, nil, true])
        #expect(
            list.problems.map { "\($0.line):\($0.column) \($0.message)" } == [
                "6:12 'endpoint' must be true or false, not 'no'"
            ])
    }

    @Test func `a byte-order mark, CR LF, quotes, quoted commas and line ends, and no last line end are read`() {
        let list = read(
            "\u{FEFF}\"name\",client,is,fact.note\r\na,c,server,\"said \"\"no, never\"\"\"\r\nb , c,server,x")
        #expect(list.problems == [])
        #expect(list.entries.map(\.asset.name) == ["a", "b"])
        #expect(list.entries[0].asset.facts["note"] == "said \"no, never\"")
        #expect(read("name,client,is,fact.note\na,c,server,\"\n\"\n").problems.count == 1)
    }

    @Test func `where only semicolons separate the headings they separate the cells`() {
        let list = read("name;client;is;fact.note\na;c;server;one, two\n")
        #expect(list.problems == [])
        #expect(list.entries.first?.asset.facts == ["note": "one, two"])
    }

    @Test func `every bad line is told with its place, and the good ones are read on`() {
        let list = read(
            """
            name,client,is
            Srv 1,c,server
            b,c
            c,c,"server
            """)
        #expect(
            list.problems.map(\.description) == [
                """
                a.csv:2:1: 'name' must be a name, not 'Srv 1'
                  use a-z, 0-9 and '-' inside, at most 63 in all: 'srv-1'
                """,
                """
                a.csv:3:1: there are 2 cells, and 3 columns
                  a cell that holds '"', a separator or a line end stands in quotes
                """,
                """
                a.csv:4:5: this quote is never closed
                  end the cell with '"'
                """,
            ])
    }

    @Test func `what stands after a closing quote, and what is no UTF-8, spoils its own line only`() {
        let list = AssetList(
            bytes: Array("name,client,is\n\"a\"b,c,server\nb,".utf8) + [0xFF] + Array(",server\nd,c,server\n".utf8),
            file: "a.csv")
        #expect(
            list.problems.map { "\($0.line):\($0.column) \($0.message)" } == [
                "2:4 there is text after the closing quote", "3:3 this is not UTF-8 text",
            ])
        #expect(list.entries.map(\.asset.name) == ["d"])
    }

    @Test func `a heading that cannot be used is told once, and no line besides`() {
        let list = read("nmae,client,label.a b,client\na,b,c,d\n")
        #expect(
            list.problems.map(\.message) == [
                "the column 'is' is missing", "the column 'name' is missing", "unknown column 'nmae'",
                "'a b' cannot be a key", "the column 'client' is there twice",
            ])
        #expect(list.problems.first { $0.message == "unknown column 'nmae'" }?.hint == "did you mean 'name'?")
        #expect(list.entries == [])
    }

    @Test func `a name that is there twice is told with the other line`() {
        let list = read("name,client,is\na,c,server\nb,c,server\na,d,server\n")
        #expect(list.problems.map(\.description) == ["a.csv:4:1: asset 'a' is there twice\n  the other is on line 2"])
    }

    @Test(arguments: ["", "\n\n", "\u{FEFF}"])
    func `a file without anything is refused`(_ text: String) {
        #expect(read(text).problems.map(\.message) == ["there are no assets in it"])
    }

    @Test func `every one of many bad lines is told`() {
        let list = read("name,client,is\n" + (1...3000).map { "A \($0),c,server\n" }.joined())
        #expect(list.problems.map(\.line) == Array(2...3001))
    }

    @Test func `of a hundred thousand lines the three bad ones are told`() {
        var text = "name,client,is,label.ring,fact.purchased\r\n"
        for number in 1...100_000 {
            switch number {
            case 5_000: text += "a-\(number),,server,1,2021-03-09\r\n"
            case 50_000: text += "a-\(number),c,server,1\r\n"
            case 99_999: text += "A \(number),c,server,1,2021-03-09\r\n"
            default: text += "a-\(number),c,server,\(number % 10),2021-03-09\r\n"
            }
        }
        let list = read(text)
        #expect(list.problems.map(\.line) == [5_001, 50_001, 100_000])
        #expect(list.entries.count == 99_997)
    }
}
