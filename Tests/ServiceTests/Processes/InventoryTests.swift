import FaultRig
import Postgres
import Testing

/// `rota assets import` and `rota get assets -l`, as processes with their exit codes.
@Suite struct InventoryTests {
    private static func lines(_ name: String, _ words: [String], exit code: Int32, in scene: Scene) async throws
        -> [String]
    {
        let process = try await scene.start(name, words)
        #expect(try await process.end() == .exited(code), "\(process.report)")
        return await process.log.whole()
    }

    @Test func `a file is rehearsed, imported, chosen from, and what has gone from it is pruned`() async throws {
        try await Scene.with { scene in
            let file = "\(scene.directory)/inventory.csv"
            try File.write(
                """
                \u{FEFF}name,client,is,endpoint,label.ring,fact.purchased,fact.ram\r
                srv-1,acme,server,,canary,2015-03-09,64\r
                srv-2,acme,server,false,,2015-01-09,"8"\r
                lap-1,acme,laptop,,,long ago,16\r\n
                """, to: file, mode: 0o644)
            let rehearsal = try await Self.lines(
                "rehearsal", ["assets", "import", file, "--dry-run"], exit: 0, in: scene)
            #expect(
                rehearsal == [
                    "would be created asset/lap-1", "would be created asset/srv-1", "would be created asset/srv-2",
                    "3 assets: 3 created, 0 changed, 0 unchanged, nothing was done",
                ])
            let done = try await Self.lines("import", ["assets", "import", file], exit: 0, in: scene)
            #expect(done == ["3 assets: 3 created, 0 changed, 0 unchanged"])
            let old = try await Self.lines(
                "old", ["get", "assets", "-l", "purchased before 5y, ring!=canary"], exit: 0, in: scene)
            #expect(old.count == 2 && old.last?.hasPrefix("srv-2 ") == true)
            let none = try await Self.lines("none", ["get", "assets", "-l", "ram > 64"], exit: 0, in: scene)
            #expect(none == ["No asset is meant by 'ram > 64'."])

            try File.write("name,client,is\nsrv-1,acme,server\n", to: file, mode: 0o644)
            let pruned = try await Self.lines(
                "prune", ["assets", "import", file, "--prune", "--client", "acme"], exit: 0, in: scene)
            #expect(
                pruned == [
                    "removed asset/lap-1", "removed asset/srv-2",
                    "1 asset: 0 created, 1 changed, 0 unchanged, 2 removed",
                ])
        }
    }

    @Test func `what is wrong is told at once, from the file and from the database, and nothing is imported`()
        async throws
    {
        try await Scene.with { scene in
            let file = "\(scene.directory)/inventory.csv"
            try File.write(
                "name,client,is\nA 1,acme,server\nb,acmee,server\nc,acme,server\nc,acme,server\n", to: file, mode: 0o644
            )
            let told = try await Self.lines("import", ["assets", "import", file], exit: 1, in: scene)
            #expect(
                told == [
                    "\(file):2:1: 'name' must be a name, not 'A 1'",
                    "  use a-z, 0-9 and '-' inside, at most 63 in all: 'a-1'",
                    "\(file):5:1: asset 'c' is there twice", "  the other is on line 4",
                    "\(file):3:1: there is no client 'acmee'", "  did you mean 'acme'?",
                    "3 problems; nothing was imported",
                ])
            #expect(try await scene.pool.value("select count(*) from rota.asset") as Int64 == 0)
            for (words, line) in [
                (["--prune"], "rota assets import: --prune removes assets of one client: name it with --client"),
                (
                    ["--client", "acme"],
                    "rota assets import: --client says of whom --prune removes assets: add --prune"
                ),
            ] {
                let told = try await Self.lines("words", ["assets", "import", file] + words, exit: 2, in: scene)
                #expect(told.first == line)
            }
            try File.write("name,client,is\nc,acme,server\n", to: file, mode: 0o644)
            let unknown = try await Self.lines(
                "unknown", ["assets", "import", file, "--prune", "--client", "acm"], exit: 1, in: scene)
            #expect(unknown == ["rota assets import: there is no client 'acm'", "  did you mean 'acme'?"])
        }
    }

    @Test func `pruning a client of whom the file has nothing is taken for a slip`() async throws {
        try await Scene.with { scene in
            try await scene.estate.add(.init(name: "lake", timezone: "UTC"))
            let file = "\(scene.directory)/inventory.csv"
            try File.write("name,client,is\nsrv-1,acme,server\n", to: file, mode: 0o644)
            let told = try await Self.lines(
                "prune", ["assets", "import", file, "--prune", "--client", "lake"], exit: 1, in: scene)
            #expect(
                told == [
                    "\(file): it has no asset of client 'lake', so that --prune would remove all that it ever imported",
                    "  name the client of the file",
                ])
        }
    }

    @Test func `a selector that cannot be read is told with its place`() async throws {
        try await Scene.with { scene in
            let told = try await Self.lines(
                "get", ["get", "assets", "-l", "ring!=canary, ram >= big"], exit: 2, in: scene)
            #expect(
                told == [
                    "rota get: column 22: 'big' is no number and no date",
                    "  write it like 16, 3.5, 2026-12-31 or today",
                ])
        }
    }
}
