import Model
import Recurrence
import Testing

/// Which assets a selector means.
struct SelectorTests {
    /// A selector, and which of the three assets it matches on 2026-02-15.
    static let cases: [(text: String, matches: [String])] = [
        ("os=linux", ["srv"]),
        ("os==linux", ["srv"]),
        ("os = 'linux'", ["srv"]),
        ("os!=linux", ["lap", "fw"]),
        ("ring!=canary", ["lap", "fw"]),
        ("os in (linux, windows)", ["srv", "lap"]),
        ("os notin (linux)", ["lap", "fw"]),
        ("site in ('New York', vancouver)", ["lap"]),
        ("ha", ["srv"]),
        ("ha exists", ["srv"]),
        ("!ha", ["lap", "fw"]),
        ("! ha", ["lap", "fw"]),
        ("note=\"\"", ["fw"]),
        ("name=fw", ["fw"]),
        ("is in (server, laptop)", ["srv", "lap"]),
        ("client!=acme", ["fw"]),
        ("endpoint=true", ["srv"]),
        ("endpoint=false", ["lap", "fw"]),
        ("label.name=first", ["lap"]),
        ("label.weight >= 10", ["lap"]),
        ("fact.ram", ["srv", "lap"]),
        ("!fact.ram", ["fw"]),
        ("fact.ram=16.0", ["lap"]),
        ("fact.ram!=16", ["srv", "fw"]),
        ("fact.serial=7", []),
        ("fact.serial=007", ["fw"]),
        ("ram=16", []),
        ("ram >= 16", ["srv", "lap"]),
        ("ram>16", ["srv"]),
        ("ram < 64", ["lap"]),
        ("ram <= 15.5", []),
        ("load > -1", ["srv"]),
        ("load < 0", ["srv"]),
        ("purchased before 5y", ["srv"]),
        ("purchased after 5y", ["lap"]),
        ("purchased before 2021-02-15", ["srv"]),
        ("purchased <= 2021-02-14", ["srv"]),
        ("purchased < today", ["srv", "lap"]),
        ("purchased before today, purchased after 2y", ["lap"]),
        ("warrantyUntil < 2026-12-31", ["srv", "lap"]),
        ("warrantyUntil within 60d", ["srv", "lap"]),
        ("warrantyUntil within 60d, warrantyUntil >= today", ["lap"]),
        ("warrantyUntil within 8w", ["srv"]),
        ("model before 2026-01-01", []),
        ("model < 5", []),
        ("unheard before 5y", []),
        ("os=linux,ring=canary , purchased before 5y", ["srv"]),
        ("os=linux, os=windows", []),
    ]

    static let assets = [
        Asset(
            name: "srv", client: "acme", kind: "server", labels: ["os": "linux", "ring": "canary", "ha": "pair"],
            facts: [
                "ram": "64", "purchased": "2021-02-14", "warrantyUntil": "2026-02-14", "model": "PowerEdge T340",
                "load": "-0.5",
            ]),
        Asset(
            name: "lap", client: "acme", kind: "laptop", endpoint: false,
            labels: ["os": "windows", "site": "New York", "name": "first", "weight": "10"],
            facts: ["ram": "16", "purchased": "2025-06-30", "warrantyUntil": "2026-04-16", "model": "2026-02-30"]),
        Asset(
            name: "fw", client: "lake", kind: "network", labels: ["note": ""],
            facts: ["purchased": "last year", "serial": "007"]),
    ]

    @Test(arguments: cases)
    func `a selector means what it says`(_ text: String, matches: [String]) throws {
        let today = try #require(CivilDate("2026-02-15"))
        let selector = try Selector(parsing: text)
        #expect(Self.assets.filter { selector.matches($0, on: today) }.map(\.name) == matches)
        #expect(try Selector(parsing: selector.description) == selector)
    }

    @Test func `facts age: what is too young today is old enough tomorrow`() throws {
        let selector = try Selector(parsing: "purchased before 5y")
        let day = try #require(CivilDate("2026-02-14"))
        #expect(!selector.matches(Self.assets[0], on: day))
        #expect(selector.matches(Self.assets[0], on: day.adding(days: 1)))
    }

    @Test func `on 29 February years are counted to 28 February`() throws {
        let today = try #require(CivilDate("2024-02-29"))
        #expect(Age("1y")?.limit(after: today).description == "2025-02-28")
        #expect(Age("4y")?.limit(after: today).description == "2028-02-29")
        #expect(Age("2w")?.limit(after: today).description == "2024-03-14")
    }

    @Test func `a job's targets are of a kind, have the labels and are as the condition wants them`() throws {
        let today = try #require(CivilDate("2026-02-15"))
        var targets = TargetSelector(kinds: ["server", "laptop"], condition: try Selector(parsing: "ram >= 16"))
        #expect(Self.assets.filter { targets.matches($0, on: today) }.map(\.name) == ["srv", "lap"])
        targets.labels = ["os": "windows"]
        #expect(Self.assets.filter { targets.matches($0, on: today) }.map(\.name) == ["lap"])
        targets.condition = try Selector(parsing: "ram < 16")
        #expect(Self.assets.filter { targets.matches($0, on: today) } == [])
    }
}
