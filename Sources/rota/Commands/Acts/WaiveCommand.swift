import ArgumentParser
import Model
import Recurrence
import Store

struct WaiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waive", abstract: "Says that late work need not be done, and why.",
        discussion: """
            What was due on the target up to now is settled, as if it had succeeded, and is not overdue any more; what falls \
            due later is owed as ever. With --until it is owed again from then on, and overdue if nobody has done it. \
            The run stays where it is: cancel it where nobody is to do it. 'job/NAME --client C' is for work of which no \
            run was ever made; without --asset for all that the job works on there. 'rota get waivers' shows what is waived, \
            --withdraw takes it back, and nothing of it is forgotten.
            """)

    @Argument(help: ArgumentHelp("A run's number, or job/NAME.", valueName: "run or job/name"))
    var subject: WhyCommand.Subject
    @Option(help: ArgumentHelp("Of a job: at this client.", valueName: "name")) var client: String?
    @Option(help: ArgumentHelp("Of a job: only on this asset.", valueName: "name")) var asset: String?
    @Option(help: ArgumentHelp("Why, for whoever wonders.", valueName: "text")) var reason: String?
    @Option(
        help: ArgumentHelp(
            "Until when: a date (its beginning at the client), an instant, or a span from now such as 30d; else for good.",
            valueName: "date or moment"))
    var until: WaiverEnd?
    @Flag(help: "Take back what is waived there.") var withdraw = false
    @OptionGroup var actor: ActorOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if !withdraw, reason?.isEmpty ?? true { throw ValidationError("--reason is missing: it needs some words") }
        if withdraw, until != nil { throw ValidationError("--withdraw takes a waiver back at once: leave --until out") }
        switch subject {
        case .job where client == nil: throw ValidationError("a job is waived at one client: name it with --client")
        case .run where client != nil || asset != nil:
            throw ValidationError("a run has its client and asset already: leave --client and --asset out")
        default: break
        }
    }

    func run() async throws {
        try await database.withStore { store in
            switch subject {
            case .run(let run): try await waive(run, in: store)
            case .job(let job): try await waive(job.name, at: client ?? "", in: store)
            }
        }
    }

    private func waive(_ run: RunNumber, in store: Store) async throws {
        guard let detail = try await store.run(run.number) else { throw CommandFailure.unknown(run: run) }
        let end = try await until?.instant(at: detail.row.client, in: store)
        let result =
            withdraw
            ? try await store.withdrawWaivers(ofRun: run.number, reason: reason, actor: actor.actor)
            : try await store.waive(run: run.number, reason: reason ?? "", until: end, actor: actor.actor)
        if result == .unknown { throw CommandFailure.unknown(run: run) }
        try tell(result, of: "run \(run.number)", undo: String(run.number))
    }

    private func waive(_ job: String, at client: String, in store: Store) async throws {
        try await store.requireNames(of: RunFilter(client: client, asset: asset))
        let end = try await until?.instant(at: client, in: store)
        let result =
            withdraw
            ? try await store.withdrawWaivers(
                ofJob: job, client: client, asset: asset, reason: reason, actor: actor.actor)
            : try await store.waive(
                job: job, client: client, asset: asset, reason: reason ?? "", until: end, actor: actor.actor)
        if result == .unknown { throw try await store.unknownJob(job) }
        let place = PauseSubject(job: job, client: client, asset: asset)
        try tell(result, of: place.told, undo: "job/\(job) --client \(client)\(asset.map { " --asset \($0)" } ?? "")")
    }

    private func tell(_ result: WaiveResult, of what: String, undo: String) throws {
        switch result {
        case .done(let waivers):
            for waiver in waivers.prefix(Self.most) { try StandardOutput.line(PlainText.line(Self.words(waiver))) }
            if waivers.count > Self.most {
                try StandardOutput.line("and the same of \(Words.count(waivers.count - Self.most, "other target"))")
            }
        case .alreadyWaived(let waiver):
            throw CommandFailure(
                "\(what) is \(waiver.inWords)", mend: "take that back first: rota waive \(undo) --withdraw")
        case .notOwed(let why): throw CommandFailure("there is nothing to waive: \(why)")
        case .notWaived: throw CommandFailure("\(what): nothing is waived", mend: "see 'rota get waivers'")
        case .noTarget(let why): throw CommandFailure(why)
        case .unknown: break
        }
    }

    /// So many are told one by one.
    private static let most = 20

    private static func words(_ waiver: Waiver) -> String {
        let target = "\(waiver.job) \(waiver.asset.map { "on \($0) " } ?? "")for \(waiver.client)"
        let what = "what was due up to \(Words.moment(waiver.covers))"
        if waiver.withdrawal != nil { return "\(target): \(what) is owed again" }
        let end = waiver.until.map { ", until \(Words.moment($0))" } ?? ""
        return "\(target): \(what) is waived\(end)"
    }
}
