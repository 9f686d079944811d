import Glibc
import Recurrence
import Store

import struct FoundationEssentials.Data
import class FoundationEssentials.JSONDecoder

extension Stage {
    /// Reads what workers said, what the database holds, and tries the old tokens.
    func complete(_ evidence: Evidence, desk: Desk, person: Person) async throws -> Evidence {
        var evidence = evidence
        evidence.calls = desk.calls
        evidence.decisions = person.decisions
        for worker in services where worker.name.hasPrefix("worker-") {
            for line in await worker.log.whole() { try Self.hear(line, &evidence) }
        }
        evidence.overdue = try await overdue()
        evidence.attempts = try await reading.attempts()
        evidence.replays = evidence.attempts.count { $0.endedAs == "lost" || $0.endedAs == "succeeded" }
        evidence.accepted = try await Replay(store: Store(pool: pool)).run(evidence.attempts)
        evidence.runs = try await reading.runs()
        evidence.attempts = try await reading.attempts()
        evidence.work = try work.entries()
        evidence.actors = try await reading.actors()
        evidence.outputs = try await reading.outputs()
        evidence.brokenActs = try await reading.brokenActs()
        evidence.brokenOutputs = try await reading.brokenOutputs()
        evidence.survivors = survivors(evidence.work)
        return evidence
    }

    private static func hear(_ line: String, _ evidence: inout Evidence) throws {
        guard line.hasPrefix("{") else { return }
        let words = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        let message = words["message"] ?? ""
        if message.hasSuffix("its result is dropped") { evidence.refusals += 1 }
        guard message == "ended", let attempt = words["attempt"].flatMap({ Int64($0) }),
            let run = words["run"].flatMap({ Int64($0) })
        else { return }
        evidence.acknowledged.append(
            Evidence.Acknowledged(
                attempt: attempt, run: run, outcome: words["outcome"] ?? "", verdict: words["verdict"] ?? ""))
    }

    private struct OverdueAnswer: Decodable {
        struct One: Decodable {
            var client: String
            var job: String
        }
        var overdue: [One]
    }

    private func overdue() async throws -> Set<String> {
        let answer = try await command("overdue", ["overdue", "-o", "json"])
        let text = answer.lines.joined(separator: "\n")
        let told = try JSONDecoder().decode(OverdueAnswer.self, from: Data(text.utf8)).overdue
        return Set(told.map { "\($0.job) \($0.client)" })
    }

    /// Commands that are there still: by their number and by what they were started with, as numbers are used again.
    private func survivors(_ work: [WorkLog.Entry]) -> [Int32] {
        Set(work.map(\.process)).filter { process in
            do {
                return try File.read("/proc/\(process)/cmdline").contains(directory)
            } catch {
                return false
            }
        }.sorted()
    }
}
