import Crypto
import FoundationEssentials
import Glibc
import Model
import Recurrence
import Testing

@testable import Actions

@Suite struct OutputTests {
    let fixture = Fixture()

    @Test func `both streams are one text, in order`() async {
        let outcome = await fixture.shell("for i in 1 2 3; do echo out$i; echo err$i >&2; done")
        #expect(outcome.text == "out1\nerr1\nout2\nerr2\nout3\nerr3\n")
        #expect(outcome.output?.length == 30)
    }

    @Test func `bytes are kept as they are`() async throws {
        let output = try #require(await fixture.shell(#"printf '\377\000\033[31m\200'"#).output)
        #expect(output.head == [0xFF, 0x00, 0x1B, 0x5B, 0x33, 0x31, 0x6D, 0x80])
        #expect(output.tail == [])
        #expect(output.sha256 == Array(SHA256.hash(data: Data(output.head))))
    }

    @Test func `a gibibyte is drained, and proved by length and hash`() async throws {
        let outcome = await fixture.shell("printf begin; head -c 1G /dev/zero; printf end", timeout: 600)
        let output = try #require(outcome.output)
        #expect(outcome.ended == .succeeded)
        #expect(output.length == 1_073_741_832)
        #expect(output.head.count == CapturedOutput.limit)
        #expect(output.tail.count == CapturedOutput.limit)
        #expect(output.head.starts(with: Array("begin".utf8)))
        #expect(output.tail.suffix(4) == [0] + Array("end".utf8))
        #expect(
            output.sha256.map { String($0, radix: 16) }.joined()
                == "dee3bce98f6064ebc4706b60b0ab3a9209a5c6a825e2e3b196651dae384de9")
    }

    @Test func `length and hash can be checked again while the whole is kept`() async throws {
        for count in [0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073] {
            var collector = OutputCollector(secrets: [])
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
            for start in stride(from: 0, to: count, by: 4093) {
                bytes[start..<min(start + 4093, count)].withUnsafeBytes { collector.take($0) }
            }
            let output = collector.finish().output
            #expect(output.isWhole == (count <= 131_072))
            #expect(output.length == Int64(count))
            #expect(output.sha256 == Array(SHA256.hash(data: Data(bytes))))
            #expect(output.head == Array(bytes.prefix(65_536)))
            #expect(output.tail == Array(bytes.dropFirst(65_536).suffix(65_536)))
        }
    }

    @Test func `a secret reaches the command and not its output`() async throws {
        let fixture = Fixture(secrets: ["patch-token": "s3cret\"/\\ü"])
        var exec = Fixture.script(
            #"""
            echo "raw $TOKEN"; printf 's3c'; printf 'ret"/\\\303'; printf '\274\n'
            printf '%s\n' '{"result": "is s3cret\"\/\\\u00fc"}'
            """#)
        exec.environment = ["TOKEN": .secret("patch-token")]
        let outcome = await fixture.run(exec)
        #expect(outcome.text == "raw ***\n***\n{\"result\": \"is ***\"}\n")
        #expect(outcome.result == "\"is ***\"")
        #expect(outcome.output?.isWhole == true)
        #expect(outcome.output?.sha256 == Array(SHA256.hash(data: Data(outcome.text.utf8))))
    }

    @Test func `a secret that is not there fails the attempt`() async {
        let fixture = Fixture(secrets: ["empty": ""])
        var exec = Fixture.script("echo started")
        exec.environment = ["A": .secret("patch-token"), "B": .secret("../etc/passwd"), "C": .secret("empty")]
        #expect(
            await fixture.run(exec)
                == Outcome(
                    .failed,
                    message: """
                        the secret 'patch-token' is not known to this worker: it would be in $ROTA_SECRET_PATCH_TOKEN; \
                        the secret '../etc/passwd' is no name of a secret; the secret 'empty' is empty
                        """))
    }

    @Test func `secrets come from files first, without the line break at their end`() async throws {
        let fixture = Fixture(secrets: ["token": "from the environment"])
        let one = "\(fixture.root)/one"
        let two = "\(fixture.root)/two"
        _ = await fixture.shell("mkdir '\(one)' '\(two)'; printf 'from two\\n' > '\(two)/token'; mkdir '\(one)/other'")
        let source = SecretSource(directories: [one, two], environment: ["ROTA_SECRET_TOKEN": "x", "HOME": "/"])
        #expect(try source.value(of: "token") == Array("from two".utf8))
        do {
            _ = try source.value(of: "other")
            Issue.record("a directory was read")
        } catch {
            #expect(error.description == "the secret 'other' cannot be read: is a directory")
        }
    }
}
