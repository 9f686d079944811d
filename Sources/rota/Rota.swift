import ArgumentParser
import Glibc

/// The one executable. Each of its commands is a file of `Commands/`.
@main
struct Rota: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rota",
        abstract: "Proactive maintenance, on time, inside its windows, with proof.",
        discussion: """
            The database is --database-url or ROTA_DATABASE_URL (a libpq URI or keyword string); with neither, libpq's \
            own PG… variables apply. Exit codes: 0 done, 1 it failed, 2 the call's words are wrong, 3 the answer is \
            "no", 4 the database cannot be reached.
            """,
        version: Version.current,
        groupedSubcommands: [
            CommandGroup(name: "Every morning:", subcommands: morning),
            CommandGroup(name: "Acts of a person:", subcommands: acts),
            CommandGroup(name: "Definitions:", subcommands: definitions),
            CommandGroup(name: "Long-lived parts:", subcommands: parts),
            CommandGroup(name: "Keeping it running:", subcommands: upkeep),
        ]
    )

    private static let morning: [any ParsableCommand.Type] = [
        OverdueCommand.self, WhyCommand.self, RunsCommand.self, HistoryCommand.self, OutputCommand.self,
        TasksCommand.self, FindingsCommand.self,
    ]

    private static let acts: [any ParsableCommand.Type] = [
        RunCommand.self, RetryCommand.self, CancelCommand.self, WaiveCommand.self, PauseCommand.self,
        ResumeCommand.self, CompleteCommand.self, RolloutCommand.self,
    ]

    private static let definitions: [any ParsableCommand.Type] = [
        MigrateCommand.self, ValidateCommand.self, DiffCommand.self, ApplyCommand.self, GetCommand.self,
        DescribeCommand.self, NextCommand.self, ForecastCommand.self, CalendarCommand.self, AssetsCommand.self,
        SchemaCommand.self,
    ]

    private static let parts: [any ParsableCommand.Type] = [
        DevCommand.self, SchedulerCommand.self, WorkerCommand.self,
    ]

    private static let upkeep: [any ParsableCommand.Type] = [
        DoctorCommand.self, WorkersCommand.self, LoginCommand.self, BenchCommand.self,
    ]

    static func main() async {
        Glibc.exit(await CommandEnd.of(arguments: Array(CommandLine.arguments.dropFirst())).rawValue)
    }
}
