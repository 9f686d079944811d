import Glibc
import Model
import Recurrence
import Testing

@testable import Actions

@Suite struct ExecTests {
    let fixture = Fixture()

    @Test(arguments: [
        "; rm -rf /", "$(touch x)", "`id`", "a b  c", "line\nbreak", "'", "\"", "\\", "*", "--help", "", "&& x | y > z",
        "\u{1B}[31m", "é😀",
    ])
    func `an argument stays one argument, whatever is in it`(_ value: String) async {
        let outcome = await fixture.shell(#"printf '%s:%s' "$#" "$1""#, value)
        #expect(outcome.message == nil)
        #expect(outcome.text == "1:\(value)")
    }

    @Test func `a field's value stays one argument, whatever is in it`() async {
        let outcome = await fixture.shell(
            #"printf '[%s]' "$@""#, "{{ asset.facts.model }}", "{{asset.name}} of {{ client.title }}")
        #expect(outcome.text == "[a b\n$(touch /tmp/x); 'q' \"d\" *][hd-srv-01 of Harbour Dental]")
    }

    @Test func `what a field's value contains is not filled in again`() async {
        let asset = Asset(name: "{{ run }}", client: "c", kind: "server")
        let exec = ExecAction(command: ["printf", "%s", "{{ asset.name }}"], timeout: Span(seconds: 60))
        #expect(await fixture.run(exec, asset: asset).text == "{{ run }}")
    }

    @Test func `every fact that is missing is told, and nothing is started`() async {
        let exec = ExecAction(
            command: ["touch", "{{ asset.facts.serial }}"], timeout: Span(seconds: 60),
            environment: ["SITE": .text("{{ asset.labels.site }}")], input: "{{ client.contacts.office }}")
        let outcome = await fixture.run(exec)
        #expect(outcome.ended == .failed)
        #expect(outcome.output == nil)
        #expect(
            outcome.message == """
                argument 1 needs '{{ asset.facts.serial }}', which hd-srv-01 does not have; \
                the input needs '{{ client.contacts.office }}', which hd-srv-01 does not have; \
                the variable SITE needs '{{ asset.labels.site }}', which hd-srv-01 does not have
                """)
    }

    @Test func `the environment is clean`() async {
        setenv("ROTA_TEST_LEAK", "leaked", 1)
        setenv("TZ", "Asia/Tokyo", 1)
        defer { unsetenv("TZ") }
        let exec = ExecAction(
            command: ["env"], timeout: Span(seconds: 60),
            environment: ["SITE": .text("{{ client.name }}"), "ROTA_RUN": .text("0"), "EMPTY": .text("")])
        let lines = await fixture.run(exec).text.split(separator: "\n").map(String.init).sorted()
        #expect(
            lines == [
                "EMPTY=", "HOME=\(fixture.root)/work/run-4711-7", "LANG=C.UTF-8",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "ROTA_ASSET=hd-srv-01",
                "ROTA_ATTEMPT=7", "ROTA_CLIENT=harbour-dental", "ROTA_DUE=2026-02-15T10:00:00Z",
                "ROTA_JOB=patch-servers", "ROTA_RUN=4711", "SITE=harbour-dental",
            ])
    }

    @Test func `a run for the client as a whole has no asset`() async {
        let exec = ExecAction(command: ["env"], timeout: Span(seconds: 60))
        #expect(await !fixture.run(exec, asset: nil).text.contains("ROTA_ASSET"))
    }

    @Test func `it runs in an empty directory of its own, which is removed with all that is in it`() async throws {
        let outcome = await fixture.shell(
            "pwd; stat -c %a .; ls -A; mkdir -p a/b; echo x > a/b/c; ln -s /etc link; chmod 0 a/b; umask")
        let path = "\(fixture.root)/work/run-4711-7"
        #expect(outcome.text == "\(path)\n700\n0022\n")
        #expect(outcome.message == nil)
        #expect(access(path, F_OK) != 0)
        #expect(access("/etc/passwd", F_OK) == 0)
    }

    @Test func `what an earlier attempt of the same id left is not there`() async throws {
        try makeDirectories("\(fixture.root)/work/run-4711-7/left")
        #expect(await fixture.shell("ls -A").text == "")
    }

    @Test func `it runs in the directory that it names`() async {
        var exec = Fixture.script("pwd; echo $HOME")
        exec.directory = "/usr/{{ asset.labels.os }}/.."
        let missing = await fixture.run(exec)
        #expect(missing.ended == .failed)
        #expect(
            missing.message == "it could not be started: it cannot run in /usr/linux/..: no such file or directory")
        exec.directory = "/usr"
        #expect(await fixture.run(exec).text == "/usr\n\(fixture.root)/work/run-4711-7\n")
        exec.directory = "usr"
        #expect(await fixture.run(exec).message == "the directory 'usr' is not absolute")
    }

    @Test func `it reads its input, and nothing where it has none`() async {
        var exec = ExecAction(command: ["cat"], timeout: Span(seconds: 60))
        #expect(await fixture.run(exec).text == "")
        exec.input = "for {{ asset.name }}\n"
        #expect(await fixture.run(exec).text == "for hd-srv-01\n")
        exec.input = String(repeating: "x", count: 100_000)
        #expect(await fixture.run(exec).output?.length == 100_000)
    }

    @Test func `it inherits no descriptors`() async {
        let inherited = open("/etc/passwd", O_RDONLY)
        defer { close(inherited) }
        // The list holds the descriptor with which it is read, too.
        let outcome = await fixture.run(ExecAction(command: ["ls", "/proc/self/fd"], timeout: Span(seconds: 60)))
        #expect(outcome.text == "0\n1\n2\n3\n")
    }

    @Test func `it gains no privileges, leads its session, and has every signal as it should be`() async {
        signal(SIGPIPE, SIG_IGN)
        let program =
            #"FILENAME ~ /status/ && /^(NoNewPrivs|SigBlk|SigIgn):/ { print $1, $2 }"#
            + #" FILENAME ~ /stat$/ { print ($1 == $5 && $1 == $6) }"#
        let command = ["awk", program, "/proc/self/status", "/proc/self/stat"]
        let outcome = await fixture.run(ExecAction(command: command, timeout: Span(seconds: 60)))
        // Signals 32 and 33 are the C library's own: it lets nobody set them.
        let text = outcome.text.replacing("SigIgn: 0000000080000000", with: "SigIgn: 0000000000000000")
        #expect(text == "SigBlk: 0000000000000000\nSigIgn: 0000000000000000\nNoNewPrivs: 1\n1\n")
    }

    @Test func `an exit code is a success if the job says so`() async {
        var exec = Fixture.script("exit 3")
        let failed = await fixture.run(exec)
        #expect(failed.ended == .failed)
        #expect(failed.exitCode == 3)
        #expect(failed.message == "it ended with exit code 3")
        exec.okExitCodes = [0, 3]
        let succeeded = await fixture.run(exec)
        #expect(succeeded.ended == .succeeded)
        #expect(succeeded.exitCode == 3)
        #expect(succeeded.message == nil)
    }

    @Test(arguments: [("SEGV", "SIGSEGV"), ("KILL", "SIGKILL"), ("TERM", "SIGTERM"), ("36", "signal 36")])
    func `a signal is told by its name`(_ signal: String, _ name: String) async {
        let outcome = await fixture.shell("kill -\(signal) $$; exec sleep 60")
        #expect(outcome.ended == .failed)
        #expect(outcome.exitCode == nil)
        #expect(outcome.message == "it was ended by \(name)")
    }

    @Test func `a task is not for a worker`() async {
        let action = Action.task(TaskAction(assignee: "ops", steps: ["look"]))
        let outcome = await Performer().perform(
            fixture.context(action), in: fixture.environment, permit: Permit(until: .distantFuture))
        #expect(outcome.ended == .failed)
        #expect(outcome.message == "a task is for people: it is not performed by a worker")
    }
}
