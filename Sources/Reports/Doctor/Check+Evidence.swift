import Store

// What was hashed when it was written, hashed again.
extension Check {
    static func acts(_ hashed: HashedAgain) -> Check {
        guard hashed.wrong > 0, let example = hashed.example else {
            return Check("acts", .ok, "\(counted(hashed.looked, "act")), each with its place in the chain")
        }
        return Check(
            "acts", .fail, "the chain is broken at \(counted(hashed.wrong, "act")), first at number \(example)",
            mend: "somebody changed the log by hand: compare rota.act with a backup from number \(example) on")
    }

    static func outputs(_ hashed: HashedAgain, isDeep: Bool) -> Check {
        let parts = hashed.looked - hashed.hashed
        let note = parts > 0 ? "; \(parts) are kept in part, and cannot be" : ""
        return kept("outputs", "output", "of attempt", hashed, note, isDeep)
    }

    static func evidence(_ hashed: HashedAgain, isDeep: Bool) -> Check {
        kept("evidence", "file", "of run", hashed, "", isDeep)
    }

    private static func kept(
        _ name: String, _ thing: String, _ owner: String, _ hashed: HashedAgain, _ note: String, _ isDeep: Bool
    ) -> Check {
        guard hashed.wrong > 0, let example = hashed.example else {
            let rest = isDeep ? "" : "; --deep hashes the older ones too"
            return Check(name, .ok, "\(counted(hashed.hashed, thing)) hashed again, and as before\(note)\(rest)")
        }
        return Check(
            name, .fail, "\(counted(hashed.wrong, thing)) not as before, the first \(owner) \(example)",
            mend: "somebody changed it, or a disk did: compare with a backup, and look at the server's log")
    }
}
