import Model
import Recurrence

/// The second pass, over all documents together and what else is known.
struct ManifestCheck {
    let documents: [Document]
    let broken: [BrokenDocument]
    /// What is known and the documents, a document in the place of what it replaces.
    let catalogue: Catalogue
    let now: Instant
    private(set) var problems: [Problem] = []
    var fits = WindowFits()
    /// The kinds of which a name that is not known may be that of a document whose name could not be read.
    var unnamed: Set<Definition.Kind> = []
    /// How many unknown names may still be compared with all that are known.
    var searches = Limits.nearestNames

    init(documents: [Document], known: Catalogue, broken: [BrokenDocument], now: Instant) {
        self.documents = documents
        self.broken = broken
        self.now = now
        var catalogue = known
        for document in documents { catalogue.insert(document.definition) }
        self.catalogue = catalogue
    }

    mutating func run() {
        checkDuplicates()
        for document in documents {
            switch document.definition {
            case .client(let client): check(client, document)
            case .calendar(let calendar): check(calendar, document)
            case .window(let window): check(window, document)
            case .asset(let asset): check(asset, document)
            case .job(let job): check(job, document)
            }
        }
    }

    mutating func refuse(_ document: Document, _ path: String, _ message: String, hint: String?) {
        add(document, document.position(path), .error, message, hint)
    }

    mutating func warn(_ document: Document, _ path: String, _ message: String, hint: String?) {
        add(document, document.position(path), .warning, message, hint)
    }

    mutating func add(
        _ document: Document, _ position: Position, _ severity: Problem.Severity, _ message: String, _ hint: String?
    ) {
        problems.append(Problem(file: document.file, at: position, severity: severity, message, hint: hint))
    }

    mutating func problemAt(_ file: String, _ position: Position, _ message: String, _ hint: String) {
        problems.append(Problem(file: file, at: position, message, hint: hint))
    }

    private mutating func check(_ client: Client, _ document: Document) {
        checkCalendars(client.holidays, "holidays", document)
    }

    private mutating func check(_ asset: Asset, _ document: Document) {
        checkName(asset.client, .client, "client", document)
    }
}
