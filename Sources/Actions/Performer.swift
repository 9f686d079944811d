import Model

/// Does what attempts are to do.
public protocol Performing: Sendable {
    /// Performs the action, and tells what came of it; whatever goes wrong is an outcome too.
    func perform(_ context: ActionContext, in environment: ActionEnvironment, permit: Permit) async -> Outcome
}

/// Does what an attempt is to do. It decides nothing about the run, and knows no database.
public struct Performer: Performing {
    public init() {}

    /// Performs the action, and tells what came of it; whatever goes wrong is an outcome too. Before it, what the job
    /// requires of the worker is looked at: where that does not hold nothing is started, and the outcome is put off.
    ///
    /// Cancelling the task ends the command with all that it started (SIGTERM, and SIGKILL after the grace), and then
    /// returns `cancelled`. When the permit runs out the command is ended in the same way, and the outcome is `lost`.
    public func perform(
        _ context: ActionContext, in environment: ActionEnvironment, permit: Permit
    ) async -> Outcome {
        let guards = CheckGuards(context: context, environment: environment, permit: permit)
        if let refusal = await guards.refusal() { return refusal }
        return switch context.action {
        case .exec(let exec):
            await PerformExec(exec: exec, context: context, environment: environment, permit: permit).perform()
        case .remind(let remind):
            await PerformRemind(remind: remind, context: context, environment: environment).perform()
        case .task:
            Outcome(.failed, message: "a task is for people: it is not performed by a worker")
        }
    }
}
