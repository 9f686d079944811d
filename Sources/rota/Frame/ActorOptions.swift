import ArgumentParser
import Glibc

/// Who does an act that is kept in the log of acts.
struct ActorOptions: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Who does this; else ROTA_ACTOR, else user@host.", valueName: "name"))
    var name: String?

    var actor: String { actor(environment: Environment.all) }

    func actor(environment: [String: String]) -> String {
        name ?? Environment.value("ROTA_ACTOR", in: environment) ?? "\(Self.user)@\(Self.host)"
    }

    func validate() throws {
        if name?.isEmpty ?? false { throw ValidationError("--as needs a name") }
    }

    private static var user: String {
        guard let entry = getpwuid(geteuid()) else { return String(geteuid()) }
        return String(cString: entry.pointee.pw_name)
    }

    private static var host: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
