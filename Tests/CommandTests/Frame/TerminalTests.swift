import Glibc
import Testing

@testable import rota

struct TerminalTests {
    /// The slave's end of a new pseudo terminal of a certain width.
    private static func withTerminal(columns: UInt16, _ body: (Int32) -> Void) {
        // TIOCSPTLCK and TIOCGPTN of tty_ioctl(4): what unlockpt and ptsname do, which Swift's Glibc does not have.
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (locked, number): (Int32, UInt32) = (0, 0)
        precondition(ioctl(master, 0x4004_5431, &locked) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
        let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        precondition(slave >= 0)
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
        body(slave)
        close(slave)
        close(master)
    }

    @Test func `a terminal's own width counts, unless COLUMNS says another`() {
        Self.withTerminal(columns: 97) { slave in
            let own = Terminal.of(descriptor: slave, environment: ["TERM": "xterm"])
            #expect(own == Terminal(width: 97, hasBox: true, hasColour: true))
            #expect(Terminal.of(descriptor: slave, environment: ["COLUMNS": "60"]).width == 60)
            #expect(Terminal.of(descriptor: slave, environment: ["COLUMNS": "none"]).width == 97)
        }
    }

    @Test func `one that does not know its size has 80 columns`() {
        Self.withTerminal(columns: 0) { slave in
            #expect(Terminal.of(descriptor: slave, environment: [:]).width == 80)
        }
    }

    @Test func `NO_COLOR is heard if it is not empty, and a dumb terminal has neither`() {
        Self.withTerminal(columns: 80) { slave in
            #expect(!Terminal.of(descriptor: slave, environment: ["NO_COLOR": "1"]).hasColour)
            #expect(Terminal.of(descriptor: slave, environment: ["NO_COLOR": "1"]).hasBox)
            #expect(Terminal.of(descriptor: slave, environment: ["NO_COLOR": ""]).hasColour)
            #expect(
                Terminal.of(descriptor: slave, environment: ["TERM": "dumb"])
                    == Terminal(width: 80, hasBox: false, hasColour: false))
        }
    }

    @Test func `a pipe is no terminal, whatever the environment says`() {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        #expect(Terminal.of(descriptor: ends[1], environment: ["COLUMNS": "60", "TERM": "xterm"]) == .none)
        close(ends[0])
        close(ends[1])
    }
}
