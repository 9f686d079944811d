import Testing

@Suite struct RoomsTests {
    @Test(arguments: [
        ("Sources/Model/A.swift", "import Store", 1),
        ("Sources/Model/A.swift", "import Recurrence\nimport FoundationEssentials", 0),
        ("Sources/Recurrence/A.swift", "import Foundation", 1),
        ("Sources/Recurrence/A.swift", "import Glibc", 0),
        ("Sources/Postgres/A.swift", "import CLibPQ\nimport FoundationEssentials", 1),
        ("Sources/Scheduler/A.swift", "import Worker", 1),
        ("Sources/Worker/A.swift", "@preconcurrency import Postgres", 1),
        ("Sources/rota/A.swift", "import CLibPQ", 1),
        ("Sources/Actions/A.swift", "import struct Store.Row", 1),
        ("Sources/Cellar/A.swift", "", 1),
        ("Tests/ModelTests/A.swift", "import Anything", 0),
    ])
    func `a room imports what its row names`(path: String, source: String, faults: Int) {
        #expect(Rooms.faults(in: sample(source, at: path)).count == faults)
    }

    @Test func `a fault says where, what and what instead`() {
        let fault = Rooms.faults(in: sample("\nimport Store\n")).first
        #expect(
            fault?.description == "Sources/Model/Sample.swift:2: Model must not import Store; "
                + "put this where it may be imported, or let Model be given what it needs")
    }

    @Test func `no room reaches over its neighbours`() {
        let rows = Dictionary(uniqueKeysWithValues: Rooms.table.map { ($0.room, $0.imports) })
        let services: Set = ["Scheduler", "Worker"]
        for service in services { #expect(rows[service]?.isDisjoint(with: services) == true) }
        for (room, imports) in rows where room != "Schema" && room != "Store" && room != "rota" {
            #expect(!imports.contains("Postgres"), "\(room) reaches past Store")
        }
    }
}
