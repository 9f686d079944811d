import Recurrence

extension ExampleHistory {
    /// How many patches each client's rollouts started in which of its nights.
    var nights: [Rollout: [CivilDate: Int]] {
        get throws {
            try rollouts.mapValues { patches in
                try patches.reduce(into: [:]) { nights, patch in
                    nights[try fleet.local(patch.start, of: patch.client).date, default: 0] += 1
                }
            }
        }
    }

    /// The log in a few lines, with the seed that makes it again.
    var summary: String {
        get throws {
            var lines = ["the worked example, with seed \(seed): \(log.count) starts, \(patches.count) of them patches"]
            for (rollout, nights) in try nights.sorted(by: { $0.key < $1.key }) {
                let counts = nights.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
                let all = rollouts[rollout] ?? []
                lines.append(
                    "  \(rollout.client), due \(rollout.due): \(counts.joined(separator: ", ")); "
                        + "\(all.count { !$0.succeeded }) attempts failed, \(all.mostAtOnce) at once")
            }
            let ends = Dictionary(grouping: standings, by: \.state).mapValues(\.count).sorted { $0.key < $1.key }
            lines.append("  runs: " + ends.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
            return lines.joined(separator: "\n")
        }
    }
}
