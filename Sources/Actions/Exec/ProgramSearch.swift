import Glibc

/// Finds the file of a program, and whether this worker may run it.
struct ProgramSearch {
    let searchPath: [String]
    let allow: [String]?

    init(_ environment: ActionEnvironment) {
        // A relative one would mean another directory to the worker than to the command.
        searchPath = environment.searchPath.filter { $0.hasPrefix("/") }
        allow = environment.allow
    }

    /// The absolute path of a program that is named so, or found by its bare name on the search path.
    func find(_ name: String) throws(ProgramProblem) -> String {
        let path = try locate(name)
        guard let allow else { return path }
        for entry in allow where path == (entry.hasPrefix("/") ? entry : search(entry)) { return path }
        throw ProgramProblem(message: "this worker may not run '\(name)' (see --allow)")
    }

    private func locate(_ name: String) throws(ProgramProblem) -> String {
        if name.hasPrefix("/") {
            guard Self.isProgram(name) else { throw ProgramProblem(message: Self.whyNot(name)) }
            return name
        }
        guard !name.contains("/") else {
            throw ProgramProblem(message: "'\(name)' is neither a bare name nor an absolute path")
        }
        guard let path = search(name) else {
            throw ProgramProblem(message: "there is no program '\(name)' in \(searchPath.joined(separator: ":"))")
        }
        return path
    }

    private func search(_ name: String) -> String? {
        guard !name.contains("/"), name != ".", name != ".." else { return nil }
        return searchPath.lazy.map { "\($0)/\(name)" }.first(where: Self.isProgram)
    }

    private static func isProgram(_ path: String) -> Bool { isFile(path) && access(path, X_OK) == 0 }

    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private static func whyNot(_ path: String) -> String {
        if isFile(path) { return "'\(path)' is not executable by this worker" }
        return access(path, F_OK) == 0 ? "'\(path)' is no file" : "there is no program '\(path)'"
    }
}

struct ProgramProblem: Error {
    var message: String
}
