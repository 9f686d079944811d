import Recurrence

/// Problems of one kind, reason and job, told as one.
public struct ForecastTrouble: Sendable, Hashable {
    /// The first of them.
    public var first: ForecastProblem
    public var times: Int
    /// For whom, by name; none where they are about no client in particular.
    public var clients: [String]

    /// `acme`, or how many; nil where they are about no client in particular.
    public var client: String? { clients.count > 1 ? "\(clients.count) clients" : clients.first }

    /// In the order of their kinds, and of their first moments.
    ///
    /// - Parameter problems: sorted by moment.
    public static func all(of problems: [ForecastProblem]) -> [ForecastTrouble] {
        var places: [Key: Int] = [:]
        var found: [(first: ForecastProblem, times: Int, clients: Set<String>)] = []
        for problem in problems {
            let key = Key(kind: problem.kind, reason: problem.reason, job: problem.job)
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
    }
}
