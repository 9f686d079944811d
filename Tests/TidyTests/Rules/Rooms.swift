/// The table of rooms: what each may import. DESIGN's drawing of it is in docs/architecture.md.
///
/// Glibc, Synchronization and Dispatch are the system's and open to all, unless the row says otherwise.
enum Rooms {
    struct Row {
        let room: String
        let imports: Set<String>
        /// The system's modules, where not all of them are meant.
        let system: Set<String>

        init(_ room: String, _ imports: Set<String>, system: Set<String> = Rooms.system) {
            self.room = room
            self.imports = imports
            self.system = system
        }
    }

    static let system: Set<String> = ["Glibc", "Synchronization", "Dispatch", "FoundationEssentials", "Foundation"]
    static let withoutFoundation: Set<String> = ["Glibc", "Synchronization", "Dispatch"]

    static let table: [Row] = [
        Row("Postgres", ["CLibPQ"], system: withoutFoundation),
        // A library of its own, which is to build wherever there is a C library.
        Row("Recurrence", [], system: ["Glibc", "Musl", "Darwin", "Synchronization"]),
        Row("Model", ["Recurrence"]),
        Row("Manifest", ["Model", "Recurrence", "Yams"]),
        Row("Schema", ["Postgres"]),
        Row("Store", ["Model", "Recurrence", "Postgres"]),
        Row("Scheduler", ["Model", "Recurrence", "Store", "Logging", "ServiceLifecycle"]),
        Row(
            "Actions",
            ["Model", "Recurrence", "CGuard", "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOSSL", "NIOPosix", "Crypto"]),
        Row("Worker", ["Model", "Recurrence", "Store", "Actions", "Logging", "ServiceLifecycle", "DequeModule"]),
        Row("Reports", ["Model", "Recurrence", "Store"]),
        Row(
            "rota",
            [
                "Postgres", "Recurrence", "Model", "Manifest", "Schema", "Store", "Scheduler", "Worker", "Actions",
                "Reports", "ArgumentParser", "Logging", "ServiceLifecycle", "UnixSignals",
            ]),
    ]

    /// Rooms that are not Swift, and import nothing.
    static let inC = ["CLibPQ", "CGuard"]

    /// What a file imports that its room may not.
    static func faults(in file: SwiftFile) -> [Fault] {
        guard let room = file.room else { return [] }
        guard let row = table.first(where: { $0.room == room }) else {
            return [file.fault(1, "the room '\(room)' is not in the table of rooms", "add it to Rooms.table")]
        }
        let allowed = row.imports.union(row.system)
        return imports(of: file).filter { !allowed.contains($0.module) }.map { found in
            file.fault(
                found.line, "\(room) must not import \(found.module)",
                "put this where it may be imported, or let \(room) be given what it needs")
        }
    }

    private static func imports(of file: SwiftFile) -> [(module: String, line: Int)] {
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        return file.code.indices.compactMap { index in
            guard file.code[index].isWord("import") else { return nil }
            var module = index + 1
            if module < file.code.count, kinds.contains(file.code[module].text) { module += 1 }
            return module < file.code.count ? (file.code[module].text, file.code[index].line) : nil
        }
    }
}
