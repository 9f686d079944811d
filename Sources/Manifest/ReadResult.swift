import Model
import Recurrence

/// What was read of some manifests.
public struct ReadResult: Sendable {
    /// The documents in which nothing is wrong, in the order of the files.
    public var documents: [Document] = []
    /// Those in which something is, as far as they have a kind and a name.
    public var broken: [BrokenDocument] = []
    /// Whether every document that is written was seen: without some, nobody can tell which names are unknown.
    public var isComplete = true
    /// In the order of files, lines and columns.
    public var problems: [Problem] = []

    public init() {}

    public var definitions: [Definition] { documents.map(\.definition) }

    /// The problems of reading together with those of ``ManifestReader/check(_:known:now:broken:isComplete:)``, in their order.
    public func allProblems(known: Catalogue = Catalogue(), now: Instant) -> [Problem] {
        (problems + check(known: known, now: now)).sorted()
    }

    private func check(known: Catalogue, now: Instant) -> [Problem] {
        ManifestReader.check(documents, known: known, now: now, broken: broken, isComplete: isComplete)
    }

    mutating func append(_ other: ReadResult) {
        documents += other.documents
        broken += other.broken
        isComplete = isComplete && other.isComplete
        problems += other.problems
    }
}
