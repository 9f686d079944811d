import Testing

@Suite struct SQLPlaceTests {
    @Test(arguments: [
        "select id from rota.run", "insert into rota.run (id) values ($1)", "update rota.run set state = $1",
        "update rota.leased l set a = 1", "delete from rota.held", "with a as (select 1) select a from b",
        "create table t (id int)", "alter role x", "drop schema rota", "SELECT id FROM t", "select rota.now()",
    ])
    func `a statement belongs to Store`(sql: String) {
        let elsewhere = sample("let a = \"\"\"\n    \(sql)\n    \"\"\"", at: "Sources/Worker/A.swift")
        #expect(SQLPlace.faults(in: elsewhere).count == 1)
    }

    @Test(arguments: [
        "select a job to run", "update the schema", "with no windows", "delete it", "begin", "commit", "listen rota",
        "Select what you need from the list", "create a manifest", "set statement_timeout = 5000", "",
    ])
    func `words are no statement`(text: String) {
        #expect(SQLPlace.faults(in: sample("let a = \"\(text)\"", at: "Sources/Postgres/A.swift")).isEmpty)
    }

    @Test(arguments: [
        "select id from rota.run where due < now()", "select id from rota.run where due < current_timestamp",
        "select id from rota.run where due < pg_catalog.clock_timestamp()", "SELECT id FROM rota.run",
        "select * from rota.run", "delete from rota.held returning *",
    ])
    func `is no good statement`(sql: String) {
        #expect(SQLPlace.faults(in: sample("let a = \"\(sql)\"", at: "Sources/Store/A.swift")).count == 1)
    }

    @Test(arguments: [
        "select id from rota.run where due < rota.now()", "select count(*) from rota.run",
        "with a as (select id from rota.run) insert into rota.done select * from a", "listen known() then",
    ])
    func `is a good statement`(sql: String) {
        #expect(SQLPlace.faults(in: sample("let a = \"\(sql)\"", at: "Sources/Store/A.swift")).isEmpty)
    }

    @Test func `only rota's clock asks the server's`() {
        let migration = """
            -- now() is the transaction's start
            create function rota.now() returns timestamptz
            as $$ select clock_timestamp() $$;
            create table rota.a (at timestamptz default now());
            """
        let file = TextFile(path: "Sources/Schema/Migrations/v01.sql", text: migration)
        #expect(SQLPlace.faults(in: file).lines == [4])
    }
}
