import FoundationEssentials
import Model
import Testing

@testable import Actions

@Suite struct WebhookTests {
    let fixture = Fixture()

    private func remind(_ address: String) async -> Outcome {
        let action = Action.remind(RemindAction(to: .webhook(address), message: "\"{{ asset.name }}\"\nis due"))
        return await Performer().perform(
            fixture.context(action), in: fixture.environment, permit: Permit(until: .distantFuture))
    }

    @Test func `a reminder is posted as JSON`() async throws {
        let server = try LoopbackServer(answering: "HTTP/1.1 204 No Content\r\n\r\n")
        let outcome = await remind("http://127.0.0.1:\(server.port)/hook?token=x")
        #expect(outcome == Outcome(.succeeded, message: "127.0.0.1 answered 204", delivered: true))
        let request = try #require(server.requests.first)
        let lines = request.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.first == "POST /hook?token=x HTTP/1.1")
        #expect(lines.contains { $0.lowercased() == "idempotency-key: rota-4711-7" })
        #expect(lines.contains { $0.lowercased() == "content-type: application/json" })
        #expect(
            lines.last == """
                {"asset":"hd-srv-01","attempt":7,"client":"harbour-dental","due":"2026-02-15T10:00:00Z",\
                "job":"patch-servers","message":"\\"hd-srv-01\\"\\nis due","run":4711}
                """)
    }

    @Test func `a name is resolved once, and still stands in the request`() async throws {
        let server = try LoopbackServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(await remind("http://localhost:\(server.port)/").delivered)
        #expect(server.requests.first?.lowercased().contains("host: localhost:\(server.port)") == true)
    }

    @Test func `an answer that is no success is told, and not read to its end`() async throws {
        let body = String(repeating: "x", count: 100_000)
        let server = try LoopbackServer(
            answering: "HTTP/1.1 503 Busy\r\nContent-Length: 100000\r\n\r\n\(body)")
        let outcome = await remind("http://127.0.0.1:\(server.port)/")
        #expect(outcome.ended == .failed)
        #expect(!outcome.delivered)
        #expect(outcome.message == "127.0.0.1 answered 503: " + String(repeating: "x", count: 300))
    }

    @Test func `no redirect is followed`() async throws {
        let elsewhere = try LoopbackServer(answering: "HTTP/1.1 204 No Content\r\n\r\n")
        let server = try LoopbackServer(
            answering: "HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:\(elsewhere.port)/\r\nContent-Length: 0\r\n\r\n")
        let outcome = await remind("http://127.0.0.1:\(server.port)/")
        #expect(outcome.message == "127.0.0.1 answered 307, a redirect, which is not followed")
        #expect(elsewhere.requests == [])
    }

    @Test func `a server that says nothing is not waited for longer than the timeout`() async throws {
        let server = try LoopbackServer(answering: nil)
        let reminder = WebhookReminder(
            address: "http://127.0.0.1:\(server.port)/", message: "m",
            context: fixture.context(.task(TaskAction(assignee: "ops"))), timeout: .seconds(1))
        let outcome = await reminder.send()
        #expect(outcome == Outcome(.failed, message: "127.0.0.1: no answer within 1 s"))
    }

    @Test func `nobody listens`() async throws {
        let outcome = await remind("http://127.0.0.1:1/")
        #expect(outcome.ended == .failed)
        #expect(outcome.message?.hasPrefix("127.0.0.1: ") == true)
        #expect(outcome.message?.contains("refused") == true)
    }

    @Test(arguments: [
        "169.254.169.254", "[fe80::1]", "[fd00:ec2::254]", "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]",
        "2852039166", "0xA9FEA9FE", "0251.0376.0251.0376", "169.16689662", "100.100.100.200", "[2002:a9fe:a9fe::1]",
    ])
    func `link-local and metadata addresses are refused, however they are written`(_ host: String) async {
        let outcome = await remind("http://\(host)/latest/meta-data")
        #expect(outcome.ended == .failed)
        #expect(
            outcome.message?.contains("a link-local or metadata address, which is never asked") == true,
            "\(outcome.message ?? "")")
    }

    @Test(arguments: [
        ("ftp://example.com/", "example.com: its address begins with neither http:// nor https://"),
        (
            "http://user:pass@example.com/",
            "example.com: its address holds a user's name: it would be stored with the job"
        ),
        ("nonsense", "the webhook: its address cannot be read"),
        ("http:///path", "the webhook: its address cannot be read"),
        ("http+unix://%2Fvar%2Frun%2Fdocker.sock/", "%2Fvar%2Frun%2Fdocker.sock: its address cannot be read"),
        ("http://169.254%2E169.254/", "169.254%2E169.254: its address cannot be read"),
        ("unix:///var/run/docker.sock", "the webhook: its address cannot be read"),
    ])
    func `addresses that are none are refused`(_ address: String, _ message: String) async {
        #expect(await remind(address).message == message)
    }

    @Test func `cancelling does not wait for the answer`() async throws {
        let server = try LoopbackServer(answering: nil)
        let outcome = await withTaskGroup(of: Outcome.self) { group in
            group.addTask { await remind("http://127.0.0.1:\(server.port)/") }
            group.cancelAll()
            return await group.next()
        }
        #expect(outcome == Outcome(.cancelled, message: "it was cancelled"))
    }
}
