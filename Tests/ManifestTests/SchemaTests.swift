import Foundation
import Manifest
import Testing

/// The schema for editors says what the reader does.
@Suite struct SchemaTests {
    private let schema: [String: Any]

    init() throws {
        let object = try JSONSerialization.jsonObject(with: Data(JSONSchema.text.utf8))
        schema = try #require(object as? [String: Any])
    }

    private func part(_ name: String) throws -> [String: Any] {
        let parts = try #require(schema["$defs"] as? [String: Any])
        return try #require(parts[name] as? [String: Any], "there is no \(name)")
    }

    private func keys(_ name: String) throws -> Set<String> {
        Set(try #require(try part(name)["properties"] as? [String: Any]).keys)
    }

    /// What the reader says it knows in the place of an odd key, and what it says is missing there.
    private func read(_ text: String) -> (known: Set<String>, missing: Set<String>) {
        let problems = ManifestReader.read(text: text, file: "m.yaml").problems
        let known = problems.compactMap(\.hint).first { $0.hasPrefix("known are ") }?.dropFirst("known are ".count)
        let missing = problems.map(\.message).filter { $0.hasSuffix(" is missing") }
        return (
            Set((known ?? "").split(separator: ", ").map(String.init)),
            Set(missing.compactMap { $0.split(separator: "'").first.map(String.init) })
        )
    }

    private static let job = "kind: Job\nname: j\nschedule: {every: 1h}\n"

    @Test(arguments: [
        ("Client", "kind: Client\nquixotic: 1\n"), ("Calendar", "kind: Calendar\nquixotic: 1\n"),
        ("Window", "kind: Window\nquixotic: 1\n"), ("Asset", "kind: Asset\nquixotic: 1\n"),
        ("Job", "kind: Job\nquixotic: 1\n"), ("Day", "kind: Calendar\nname: c\ndays: [{quixotic: 1}]\n"),
        ("Freeze", "kind: Calendar\nname: c\nfreezes: [{quixotic: 1}]\n"),
        ("Opens", "kind: Window\nname: c\nduration: 1h\nopens: {quixotic: 1}\n"),
        ("Schedule", "kind: Job\nname: c\nschedule: {quixotic: 1}\naction: {task: {assignee: a}}\n"),
        ("Targets", job + "action: {task: {assignee: a}}\ntargets: {quixotic: 1}\n"),
        ("Retry", job + "action: {task: {assignee: a}}\nretry: {quixotic: 1}\n"),
        ("Rollout", job + "action: {task: {assignee: a}}\nrollout: {quixotic: 1}\n"),
        ("Ring", job + "action: {task: {assignee: a}}\nrollout: {rings: [{quixotic: 1}]}\n"),
        ("Requirement", job + "action: {task: {assignee: a}}\nrequires: [{quixotic: 1}]\n"),
        ("GuardCommand", job + "action: {task: {assignee: a}}\nrequires: [{exec: {quixotic: 1}}]\n"),
        ("Action", job + "action: {quixotic: 1}\n"), ("Exec", job + "action: {exec: {quixotic: 1}}\n"),
        ("Task", job + "action: {task: {quixotic: 1}}\n"),
        ("Review", job + "action: {task: {assignee: a, review: {quixotic: 1}}}\n"),
        ("Remind", job + "action: {remind: {quixotic: 1}}\n"),
    ])
    func `keys and what is required are the same`(name: String, text: String) throws {
        let (known, missing) = read(text)
        #expect(known == (try keys(name)))
        let required = Set((try part(name)["required"] as? [String]) ?? [])
        #expect(missing == required.subtracting(["kind"]))
        #expect(try part(name)["additionalProperties"] as? Bool == false)
    }

    @Test func `every part is compared, and every reference leads somewhere`() throws {
        let parts = try #require(schema["$defs"] as? [String: Any])
        #expect(parts.count == 20)
        for match in JSONSchema.text.matches(of: /#\/\$defs\/([A-Za-z]+)/) {
            #expect(parts[String(match.output.1)] != nil)
        }
    }

    @Test func `bounds and standards are the reader's`() throws {
        let properties = try #require(try part("Job")["properties"] as? [String: Any])
        let priority = try #require(properties["priority"] as? [String: Any])
        #expect(priority["minimum"] as? Int == 0)
        #expect(priority["maximum"] as? Int == 100)
        #expect(priority["default"] as? Int == 50)
        #expect(
            (properties["overlap"] as? [String: Any])?["enum"] as? [String] == ["skip", "queue", "allow", "replace"])
        #expect(
            try part("Schedule")["oneOf"] as? [[String: [String]]]
                == ["cron", "rrule", "every"].map { ["required": [$0]] })
    }

    @Test func `what is not supported yet is not offered`() throws {
        #expect(try keys("Job").isDisjoint(with: ["notify", "programme"]))
        #expect(try !keys("Exec").contains("user"))
    }
}
