import SeededDice
import Testing

@testable import Postgres

/// What needs no server.
@Suite struct PureTests {
    @Test func `waits grow to their limit and differ by chance`() {
        var backoff = Backoff(first: .milliseconds(100), limit: .milliseconds(350))
        var chance = Dice(7)
        for most: Duration in [.milliseconds(100), .milliseconds(200), .milliseconds(350), .milliseconds(350)] {
            let wait = backoff.next(using: &chance)
            #expect(wait <= most && wait >= most / 2)
        }
        backoff.reset()
        #expect(backoff.next(using: &chance) <= .milliseconds(100))
    }

    @Test(arguments: [
        ("invalid input syntax for type integer: \"12a\"", "invalid input syntax for type integer: \"…\""),
        ("value \"a\"b\" is out of range for type \"t\"", "value \"…\""),
        ("syntaxe en entrée invalide : « abc »", "syntaxe en entrée invalide : «…»"),
        ("opened \"and never closed", "opened \"…"), ("division by zero", "division by zero"),
    ])
    func `what a data error quotes is blotted out`(message: String, blotted: String) {
        #expect(Quotation.blotAll(in: message) == blotted)
    }

    @Test func `only a quotation that equals a value is blotted out of other messages`() {
        let message = "relation \"secret\" does not exist, nor \"other\""
        #expect(Quotation.blot(["secret", ""], in: message) == "relation \"…\" does not exist, nor \"other\"")
        #expect(Quotation.blot(["e"], in: message) == message)
    }

    @Test func `libpq's line is taken apart`() {
        let goodbye = LibpqMessage("FATAL:  57P01: terminating connection: now\nLOCATION:  somewhere\n")
        #expect((goodbye.text, goodbye.sqlState) == ("terminating connection: now", "57P01"))
        let plain = LibpqMessage("server closed the connection unexpectedly\n\tThis probably means\n")
        #expect((plain.text, plain.sqlState) == ("server closed the connection unexpectedly", nil))
        #expect(LibpqMessage("").text == "the connection broke")
    }

    @Test(arguments: [
        ("commit", true), ("  COMMIT and chain", true), ("end;", true), ("select 1", false), ("commitment", false),
        ("", false),
    ])
    func `a commit is known by its first word`(sql: String, isCommit: Bool) {
        #expect(Statement(sql).isCommit == isCommit)
    }

    @Test func `a name is quoted so that it stays one name`() {
        #expect(Identifier("plain").quoted == "\"plain\"")
        #expect(Identifier("a\"; drop table x").quoted == "\"a\"\"; drop table x\"")
    }

    @Test func `an absurd deadline is neither past nor endless for poll`() {
        let far = Deadline(after: .seconds(Int64.max / 2))
        #expect(!far.isPast)
        #expect(far.pollTimeout == .max)
        let past = Deadline(after: .seconds(-1))
        #expect(past.isPast)
        #expect(past.pollTimeout == 0)
    }
}
