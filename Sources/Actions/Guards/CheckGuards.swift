import Glibc
import Model
import Recurrence

/// Looks, just before an action, whether what its job requires of the worker holds.
struct CheckGuards: Sendable {
    let context: ActionContext
    let environment: ActionEnvironment
    let permit: Permit

    /// What the attempt comes to because of the first that does not hold; nil where all of them do.
    func refusal() async -> Outcome? {
        for requirement in context.requires {
            switch requirement {
            case .succeeded, .noFinding: continue
            case .file(let path):
                if let refusal = refusal(ofFile: path) { return refusal }
            case .exec(let command, let timeout):
                if let refusal = await refusal(of: command, timeout: timeout) { return refusal }
            }
        }
        return nil
    }

    private func refusal(ofFile text: String) -> Outcome? {
        do throws(FillProblem) {
            let path = try context.filled(text)
            return access(path, F_OK) == 0 ? nil : putOff(Requirement.refusal(ofFile: path))
        } catch {
            return Outcome(.failed, message: "the file that it requires \(error.message)")
        }
    }

    private func refusal(of command: [String], timeout: Span) async -> Outcome? {
        let exec = ExecAction(command: command, timeout: timeout)
        let outcome = await PerformExec(exec: exec, context: context, environment: environment, permit: permit)
            .perform()
        switch outcome.ended {
        case .succeeded: return nil
        case .failed where outcome.exitCode == nil:
            // It could not be started at all: nothing would mend that but a person.
            return Outcome(.failed, message: "the command that it requires: \(outcome.message ?? "")")
        case .failed, .timedOut:
            return putOff(Requirement.refusal(ofCommand: command, said: outcome.message))
        case .cancelled, .released, .lost: return outcome
        }
    }

    private func putOff(_ message: String) -> Outcome { Outcome(.released, message: message, isPutOff: true) }
}
