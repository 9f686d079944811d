import Foundation
import Testing

@testable import Schema

/// The list of migrations against the files it names.
struct MigrationFilesTests {
    private let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Schema/Migrations")

    @Test func `every file is in the list, and every migration has its file`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(files == Migration.all.map { "\($0.name).sql" })
    }

    @Test func `numbers count up from 1 without gaps, and stand in the names`() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
        for migration in Migration.all {
            #expect(
                migration.name.hasPrefix(migration.number < 10 ? "v0\(migration.number)_" : "v\(migration.number)_"))
        }
    }

    @Test func `what is built in is what stands in the files`() throws {
        for migration in Migration.all {
            let file = try Data(contentsOf: folder.appending(path: "\(migration.name).sql"))
            #expect(migration.script == Array(file), "\(migration.name)")
        }
    }
}
