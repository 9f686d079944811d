import Model
import Recurrence

/// What was read of some manifests.
public struct ReadResult: Sendable {
    /// The documents in which nothing is wrong, in the order of the files.
    public var documents: [Document] = []
    /// Those in which something is, as far as they have a name.
    public var broken: [BrokenDocument] = []
    /// The kinds of which something may be written whose name could not be read: nobody can tell which names of these
    /// are unknown.
    public var unnamed: Set<Definition.Kind> = []
    /// In the order of files, lines and columns.
    public var problems: [Problem] = []

    public init() {}

    public var definitions: [Definition] { documents.map(\.definition) }

    /// The problems of reading together with those of ``ManifestReader/check(_:known:now:broken:unnamed:)``, in their order.
    public func allProblems(known: Catalogue = Catalogue(), now: Instant) -> [Problem] {
        (problems + check(known: known, now: now)).sorted()
    }

    private func check(known: Catalogue, now: Instant) -> [Problem] {
        ManifestReader.check(documents, known: known, now: now, broken: broken, unnamed: unnamed)
    }

    mutating func append(_ other: ReadResult) {
        documents += other.documents
        broken += other.broken
        unnamed.formUnion(other.unnamed)
        problems += other.problems
    }

    /// Something could not be read of which nothing can be told.
    mutating func noteUnread() { unnamed = Set(Definition.Kind.allCases) }
}
