import Testing

/// What STYLE asks for and a machine can hold. Each failure names the place and what to write instead.
@Suite struct TidyTests {
    @Test func `every room imports what its row allows, and nothing else`() {
        report(Repository.swiftFiles.flatMap(Rooms.faults))
    }

    @Test func `the table of rooms and the folders are the same`() {
        #expect(Repository.folders(in: "Sources") == (Rooms.table.map(\.room) + Rooms.inC).sorted())
    }

    @Test func `files and functions hold one idea`() {
        report(Repository.swiftFiles.flatMap(Lengths.faults))
    }

    @Test func `no call is made that STYLE bans`() {
        report(Repository.swiftFiles.flatMap(BannedCalls.faults))
    }

    @Test func `statements stand in Store and Schema and ask rota's clock`() {
        report(Repository.swiftFiles.flatMap { SQLPlace.faults(in: $0) })
        report(Repository.textFiles.flatMap { SQLPlace.faults(in: $0) })
    }

    @Test func `what other rooms use is documented`() {
        let witnesses = Documentation.witnesses(in: Repository.swiftFiles)
        report(Repository.swiftFiles.flatMap { Documentation.faults(in: $0, witnesses: witnesses) })
    }

    @Test func `nothing says that it is unfinished, or whose machine it was written on`() {
        report(Repository.textFiles.flatMap(Words.faults))
    }

    @Test func `there is something to look at`() {
        #expect(Repository.swiftFiles.count > 50)
        #expect(Repository.textFiles.count > Repository.swiftFiles.count)
    }

    private func report(_ faults: [Fault]) {
        for fault in faults { Issue.record("\(fault)") }
    }
}
