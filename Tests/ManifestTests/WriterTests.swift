import Manifest
import Model
import Recurrence
import SeededDice
import Testing

/// A definition is written as people write it, and reads back as itself.
@Suite struct WriterTests {
    @Test func `what is written reads back as the same definition`() {
        let seed = UInt64.random(in: 0...(.max))
        print("seed \(seed)")
        var random = RandomDefinitions(random: Dice(seed))
        for round in 0..<300 {
            let written = random.definition()
            let text = ManifestWriter.text(written)
            let result = ManifestReader.read(text: text, file: "m.yaml")
            guard result.problems.isEmpty, result.definitions == [written] else {
                Issue.record(
                    "seed \(seed), round \(round): \(result.problems)\n\(text)\n\(written)\n\(result.definitions)")
                return
            }
        }
    }

    @Test func `a job is written in the manifests' own shape`() throws {
        let text = """
            kind: Job
            name: patch-servers
            summary: Install security updates, on servers
            labels: {pillar: patching}
            clients: [harbour-dental]
            schedule: {rrule: "FREQ=MONTHLY;BYDAY=2TU", starting: 2026-01-13T02:00:00, offset: 5d}
            window: server-patching
            targets: {is: server, labels: {os: linux}}
            within: 7d
            retry: {attempts: 3, wait: 5m}
            action:
              exec:
                command: [/usr/local/bin/patch, --host, "{{ asset.name }}"]
                timeout: 45m
                environment: {PATCH_TOKEN: {secret: patch-token}}

            """
        #expect(ManifestWriter.text(try definition(text)) == text)
    }

    @Test func `several lines are written as a block`() throws {
        let text = """
            kind: Job
            name: j
            schedule: {every: 1h}
            action:
              exec:
                command:
                  - sh
                  - -c
                  - |
                    set -e

                    echo "{{ client.name }}"
                timeout: 1m
                input: |-
                  a
                    b

            """
        #expect(ManifestWriter.text(try definition(text)) == text)
    }

    @Test func `several definitions are several documents`() throws {
        let first = try definition("kind: Calendar\nname: a\n")
        let second = try definition("kind: Calendar\nname: b\n")
        #expect(ManifestWriter.text([first, second]) == "kind: Calendar\nname: a\n---\nkind: Calendar\nname: b\n")
    }
}
