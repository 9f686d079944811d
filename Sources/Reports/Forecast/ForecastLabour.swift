import Model
import Recurrence

/// Workers and people of whom there are always enough, and to whom everything succeeds.
struct ForecastLabour: Labour {
    /// How long a run lasts, and how long a person has it, by the place of its assignment.
    private let lasting: [Duration]
    private let patience: [Duration]

    init(_ question: ForecastQuestion, _ assignments: [WorldAssignment]) {
        lasting = assignments.map { question.duration(of: $0.job) }
        patience = assignments.map { assignment in
            // A reminder has had its time when it was delivered.
            if case .remind = assignment.job.action { .zero } else { question.duration(of: assignment.job) }
        }
    }

    func work(on chore: Chore) -> Work { Work(lasting: lasting[chore.assignment]) }

    func patience(with chore: Chore) -> Duration? { patience[chore.assignment] }
}

/// No worker at all: for a world in which nothing has begun yet.
struct NoLabour: Labour {
    func work(on chore: Chore) -> Work { Work(lasting: .zero) }
    func patience(with chore: Chore) -> Duration? { nil }
}
