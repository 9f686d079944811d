import Model
import Recurrence

/// Runs a command: its own directory, a clean environment, no shell, a guard that sees to its end.
struct PerformExec: Sendable {
    let exec: ExecAction
    let context: ActionContext
    let environment: ActionEnvironment
    let permit: Permit

    func perform() async -> Outcome {
        await withTaskCancellationHandler {
            do throws(ThreadRefused) {
                return try await onThread { perform(with: permit) }
            } catch {
                return Outcome(.failed, message: error.description)
            }
        } onCancel: {
            permit.end()
        }
    }

    /// Blocks until the command and all that it started are over.
    private func perform(with permit: Permit) -> Outcome {
        let directory = RunDirectory(root: environment.workRoot, run: context.run, attempt: context.attempt)
        var planner = CommandPlanner(exec: exec, context: context, environment: environment, home: directory.path)
        do {
            let plan = try planner.plan()
            try directory.make()
            let command = GuardedCommand(
                plan: plan, permit: permit, startBy: context.startBy, timeout: exec.timeout.elapsed,
                grace: environment.grace)
            let (end, collected) = command.run()
            return ExecOutcome(exec: exec, end: end, collected: collected).outcome(notes: removing(directory))
        } catch let problems as PlanProblems {
            return Outcome(.failed, message: ExecOutcome.joined(problems.messages))
        } catch {
            return Outcome(.failed, message: "\(error)")
        }
    }

    private func removing(_ directory: RunDirectory) -> [String] {
        do {
            try directory.remove()
            return []
        } catch {
            return [error.description]
        }
    }
}
