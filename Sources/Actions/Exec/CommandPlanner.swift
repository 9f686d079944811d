import Model

/// Fills in a command's templates as whole values, resolves its secrets and finds its program.
struct CommandPlanner {
    let exec: ExecAction
    let context: ActionContext
    let environment: ActionEnvironment
    /// The run's own directory, which is the command's home.
    let home: String
    private var problems: [String] = []
    private var secrets: [[UInt8]] = []

    init(exec: ExecAction, context: ActionContext, environment: ActionEnvironment, home: String) {
        self.exec = exec
        self.context = context
        self.environment = environment
        self.home = home
    }

    mutating func plan() throws(PlanProblems) -> CommandPlan {
        let arguments = exec.command.enumerated().map { index, text in
            fill(text, as: index == 0 ? "the program" : "argument \(index)")
        }
        let directory = exec.directory.map { fill($0, as: "the directory") } ?? home
        if !directory.isEmpty, !directory.hasPrefix("/") {
            problems.append("the directory '\(directory)' is not absolute")
        }
        let input = exec.input.map { fill($0, as: "the input", mayHoldNul: true) }
        let variables = filledEnvironment()
        var program = ""
        do throws(ProgramProblem) {
            guard let name = arguments.first, !name.isEmpty else {
                throw ProgramProblem(message: "no program is named")
            }
            program = try ProgramSearch(environment).find(name)
        } catch {
            // A program's name that could not be filled in has been told.
            if problems.isEmpty { problems.append(error.message) }
        }
        guard problems.isEmpty else { throw PlanProblems(messages: problems) }
        return CommandPlan(
            program: program, arguments: arguments, environment: variables, directory: directory, input: input,
            secrets: secrets)
    }

    /// The text with its values; empty, with a problem noted, where one is missing.
    private mutating func fill(_ text: String, as what: String, mayHoldNul: Bool = false) -> String {
        do {
            let filled = try context.filled(text)
            if mayHoldNul || !filled.utf8.contains(0) { return filled }
            problems.append("\(what) holds a NUL byte")
        } catch {
            problems.append("\(what) \(error.message)")
        }
        return ""
    }

    /// The manifest's variables over the worker's few, and those that tell a command who it is over all.
    private mutating func filledEnvironment() -> [(name: String, value: [UInt8])] {
        var variables: [String: [UInt8]] = [
            "HOME": Array(home.utf8), "LANG": Array("C.UTF-8".utf8),
            "PATH": Array(environment.searchPath.joined(separator: ":").utf8),
        ]
        for (name, value) in exec.environment.sorted(by: { $0.key < $1.key }) {
            guard !name.isEmpty, !name.utf8.contains(0), !name.contains("=") else {
                problems.append("'\(name)' is no name of a variable")
                continue
            }
            switch value {
            case .text(let text): variables[name] = Array(fill(text, as: "the variable \(name)").utf8)
            case .secret(let secret): variables[name] = resolve(secret)
            }
        }
        let told: [String: String?] = [
            "ROTA_RUN": String(context.run), "ROTA_ATTEMPT": String(context.attempt), "ROTA_JOB": context.job,
            "ROTA_CLIENT": context.client, "ROTA_ASSET": context.asset, "ROTA_DUE": context.due.description,
        ]
        for (name, value) in told { variables[name] = value.map { Array($0.utf8) } }
        return variables.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    private mutating func resolve(_ name: String) -> [UInt8] {
        do {
            let secret = try environment.secrets.value(of: name)
            secrets.append(secret)
            return secret
        } catch {
            problems.append(error.description)
            return []
        }
    }
}
