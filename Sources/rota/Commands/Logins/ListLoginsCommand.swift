import ArgumentParser
import Reports
import Store

struct ListLoginsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The logins of workers, and to what they are bound.")

    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let bindings = try await database.withStore { try await $0.loginBindings() }
        try output.show(JSONValue(logins: bindings), table: .logins(bindings), empty: "No login is bound.")
    }
}

extension Table {
    static func logins(_ bindings: [LoginBinding]) -> Table {
        var table = Table([
            Column("login"), Column("queues", flexible: true), Column("clients", flexible: true), Column("since"),
            Column("by", flexible: true),
        ])
        for binding in bindings {
            table.add([
                Cell(binding.login), Cell(binding.queues.joined(separator: " ")),
                Cell(binding.clients?.joined(separator: " ") ?? "(all)"), Cell(Words.moment(binding.boundAt)),
                Cell(binding.boundBy),
            ])
        }
        return table
    }
}
