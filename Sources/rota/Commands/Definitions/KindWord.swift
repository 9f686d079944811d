import ArgumentParser
import Model

/// A kind of thing, as commands name it: in the singular or the plural.
enum KindWord: String, CaseIterable, Sendable, ExpressibleByArgument {
    case job, client, window, calendar, asset, worker, run, finding, waiver, pause

    init?(argument: String) {
        let word = argument.lowercased()
        guard let kind = Self.allCases.first(where: { word == $0.rawValue || word == $0.plural }) else { return nil }
        self = kind
    }

    var plural: String { rawValue + "s" }

    static var allValueStrings: [String] { allCases.map(\.plural) }

    /// `job/patch`, or two words apart.
    ///
    /// - Throws: `CommandFailure` with the nearest kind where there is no such one.
    static func parse(_ word: String) throws -> KindWord {
        if let kind = KindWord(argument: word) { return kind }
        let near = nearest(word.lowercased(), among: allCases.flatMap { [$0.rawValue, $0.plural] })
        throw CommandFailure.words(
            "there is no kind '\(word)'",
            mend: near.map { "did you mean '\($0)'?" } ?? "known are \(allValueStrings.joined(separator: ", "))")
    }
}
