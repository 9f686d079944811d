import ArgumentParser
import Reports

/// In which form an answer is shown.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case table, wide, json, yaml
}

/// The answer's form, for every command that reads.
struct OutputOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("How to show the answer.", valueName: "format"))
    var output: OutputFormat = .table

    var isWide: Bool { output == .wide }
    /// Whether it is for people: then what else is worth saying stands beside it.
    var isForPeople: Bool { output == .table || output == .wide }

    /// Shows one answer, in the form that was asked for.
    ///
    /// - Parameters:
    ///   - value: for `json` and `yaml`.
    ///   - table: for `table` and `wide`.
    ///   - empty: what people are told in the place of a table without rows.
    func show(
        _ value: @autoclosure () throws -> JSONValue, table: @autoclosure () throws -> Table, empty: String
    ) throws {
        guard isForPeople else { return try show(value()) }
        let table = try table()
        try StandardOutput.write(table.rows.isEmpty ? empty + "\n" : table.rendered(on: .output, wide: isWide))
    }

    /// Shows a value as JSON or YAML.
    func show(_ value: JSONValue) throws {
        try StandardOutput.write(output == .yaml ? value.yaml() : value.json(.pretty) + "\n")
    }
}
