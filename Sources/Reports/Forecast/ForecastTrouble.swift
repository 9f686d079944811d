import Recurrence

/// Problems of one kind, reason, cause and job (of a collision, of both jobs), told as one.
public struct ForecastTrouble: Sendable, Hashable {
    /// The first of them.
    public var first: ForecastProblem
    public var times: Int
    /// For whom, by name; none where they are about no client in particular.
    public var clients: [String]

    /// `acme`, or how many; nil where they are about no client in particular.
    public var client: String? { clients.count > 1 ? "\(clients.count) clients" : clients.first }

    /// What holds of all of them; of a single one on which asset it is, too.
    public var text: String {
        guard times == 1 else { return first.inGeneral ?? first.text }
        return (first.asset.map { "\($0): " } ?? "") + first.text
    }

    /// In the order of their kinds, and of their first moments.
    ///
    /// - Parameter problems: sorted by moment.
    public static func all(of problems: [ForecastProblem]) -> [ForecastTrouble] {
        var places: [Key: Int] = [:]
        var found: [(first: ForecastProblem, times: Int, clients: Set<String>)] = []
        for problem in problems {
            let key = Key(
                kind: problem.kind, reason: problem.reason, job: problem.job, cause: problem.cause,
                inGeneral: problem.inGeneral)
            let place = places[key] ?? found.count
            if place == found.count { found.append((problem, 0, [])) }
            places[key] = place
            found[place].times += 1
            if let client = problem.client { found[place].clients.insert(client) }
        }
        return ForecastProblem.Kind.allCases.flatMap { kind in
            found.filter { $0.first.kind == kind }.map {
                ForecastTrouble(first: $0.first, times: $0.times, clients: $0.clients.sorted())
            }
        }
    }

    private struct Key: Hashable {
        var kind: ForecastProblem.Kind
        var reason: String
        var job: String?
        var cause: String?
        /// It names the other job of a collision, and the label.
        var inGeneral: String?
    }
}
