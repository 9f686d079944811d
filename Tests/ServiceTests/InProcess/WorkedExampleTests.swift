import Model
import Recurrence
import Testing

/// The worked example of `docs/fleets.md`: each of its rules, shown to have held from the log of starts alone, by arithmetic that
/// knows nothing of how the program decides.
@Suite struct WorkedExampleTests {
    @Test func `no patch starts outside its window, by each client's own clock`() async throws {
        let history = try await ExampleHistory.shared()
        for patch in history.patches {
            let local = try history.fleet.local(patch.start, of: patch.client)
            let weekday = local.date.weekday
            #expect([.sunday, .monday, .tuesday, .wednesday].contains(weekday), "\(local) is no patch night: \(patch)")
            #expect((2..<5).contains(local.hour), "\(local) is not from 02:00 to before 05:00: \(patch)")
            #expect(patch.end - patch.start <= .seconds(45 * 60), "a patch took longer than it may: \(patch)")
        }
    }

    @Test func `none starts in the year-end freeze, and what it held goes after it`() async throws {
        let history = try await ExampleHistory.shared()
        let freeze = CivilDate("2026-12-19")!...CivilDate("2027-01-03")!
        for patch in history.patches {
            let date = try history.fleet.local(patch.start, of: patch.client).date
            #expect(!freeze.contains(date), "\(patch)")
        }
        let waited = try history.patches.filter {
            try history.fleet.local($0.due, of: $0.client).date < freeze.lowerBound
                && history.fleet.local($0.start, of: $0.client).date > freeze.upperBound
        }
        #expect(waited.count > 50, "the freeze has held \(waited.count)")
    }

    @Test func `no server goes before all canaries are through, one at least well, and 24 hours have passed`()
        async throws
    {
        let history = try await ExampleHistory.shared()
        for (rollout, patches) in history.rollouts {
            let canaries = history.fleet.canaries(of: rollout.client)
            let first = patches.filter { canaries.contains($0.asset) }
            let rest = patches.filter { !canaries.contains($0.asset) }
            let begun = try #require(rest.map(\.start).min(), "only canaries went: \(rollout)")
            let through = try #require(first.map(\.end).max())
            #expect(begun >= through + .seconds(24 * 3600), "\(rollout): \(begun); canaries until \(through)")
            #expect(Set(first.map(\.asset)) == canaries, "not all canaries were through: \(rollout)")
            #expect(first.contains { $0.succeeded }, "no canary did well: \(rollout)")
        }
    }

    @Test func `never more than ten per cent of a client's servers are patched at once`() async throws {
        let history = try await ExampleHistory.shared()
        for (rollout, patches) in history.rollouts {
            let most = (history.fleet.servers(of: rollout.client).count + 9) / 10
            #expect(patches.mostAtOnce == most, "\(rollout): as many as may, and not one more")
        }
    }

    @Test func `never are both halves of a pair patched at once`() async throws {
        let history = try await ExampleHistory.shared()
        let pairs = history.fleet.servers.reduce(into: [:]) { $0[$1.name] = $1.labels["ha"] }
        let byPair = Dictionary(grouping: history.patches.filter { pairs[$0.asset] != nil }) { pairs[$0.asset] }
        #expect(byPair.count == 60)
        for (pair, patches) in byPair {
            #expect(patches.overlaps.isEmpty, "\(pair ?? ""): \(patches.overlaps)")
        }
    }

    @Test func `never is a server patched while its backup is read, or by two at once`() async throws {
        let history = try await ExampleHistory.shared()
        for (server, work) in Dictionary(grouping: history.log, by: \.asset) {
            #expect(work.overlaps.isEmpty, "\(server): \(work.overlaps)")
        }
    }

    @Test func `none starts without a backup that was read in the 24 hours before`() async throws {
        let history = try await ExampleHistory.shared()
        let backups = Dictionary(
            grouping: history.log.filter { $0.job == ExampleFleet.backup && $0.succeeded }, by: \.asset)
        for patch in history.patches {
            let isProven = (backups[patch.asset] ?? []).contains {
                $0.end <= patch.start && patch.start < $0.end + .seconds(24 * 3600)
            }
            #expect(isProven, "\(patch)")
        }
    }

    @Test func `after the fourth failure nothing starts until a person lets it go on`() async throws {
        let history = try await ExampleHistory.shared()
        #expect(history.resumed == [ExampleLuck.mended])
        var stopped: [ExampleHistory.Rollout] = []
        for (rollout, patches) in history.rollouts {
            // The second attempt of a run is its last.
            let failures = Dictionary(grouping: patches.filter { !$0.succeeded }, by: \.run).values
                .filter { $0.count == 2 }.compactMap { $0.map(\.end).max() }.sorted()
            guard failures.count > 3 else { continue }
            stopped.append(rollout)
            let started = patches.filter { (failures[3]..<ExampleLuck.mended).contains($0.start) }
            #expect(started.isEmpty, "\(rollout) was stopped at \(failures[3]): \(started)")
            #expect(patches.contains { $0.start > ExampleLuck.mended }, "it went on: \(rollout)")
        }
        #expect(stopped.map(\.client) == [ExampleLuck.unlucky])
    }

    @Test func `each server is patched once for each Patch Tuesday, or it is told why not`() async throws {
        let history = try await ExampleHistory.shared()
        // The second Tuesdays of the three months, and five days.
        let nights = ["2026-11-15", "2026-12-13", "2027-01-17"].compactMap { LocalTime("\($0)T02:00") }
        #expect(history.standings.count == nights.count * history.fleet.servers.count)
        let patched = Dictionary(grouping: history.patches.filter(\.succeeded), by: \.run)
        for run in history.standings {
            let server = try #require(history.fleet.servers.first { $0.name == run.asset })
            #expect(nights.contains(try history.fleet.local(run.due, of: server.client)), "\(run)")
            #expect((patched[run.run]?.count ?? 0) == (run.state == "succeeded" ? 1 : 0), "\(run)")
            switch run.state {
            case "succeeded": break
            case "failed": #expect(history.patches.count { $0.run == run.run && !$0.succeeded } == 2, "\(run)")
            case "missed", "held":
                #expect(run.reason != nil && ExampleLuck.withoutBackup.contains(run.asset ?? ""), "\(run)")
            default: Issue.record("\(run)")
            }
        }
        #expect(history.standings.count { $0.state == "missed" } == 3, "given up in January, as the next was due")
        #expect(history.standings.count { $0.state == "held" } == 3, "still held then")
    }

    @Test func `the rare things have happened`() async throws {
        let history = try await ExampleHistory.shared()
        print(try history.summary)
        #expect(history.patches.contains { !$0.succeeded }, "an attempt failed and was made again")
        for (rollout, nights) in try history.nights { #expect(nights.count >= 3, "\(rollout) spans nights: \(nights)") }
    }
}
