import Store

extension Check {
    static func roles(_ health: RoleHealth) -> [Check] {
        let checks = owning(health) + logins(health)
        return checks.isEmpty
            ? [Check("roles", .ok, "roles, owners and rights are as rota migrate leaves them")] : checks
    }

    private static func owning(_ health: RoleHealth) -> [Check] {
        let again = "run rota migrate as a superuser, or as a member of rota_owner"
        var checks: [Check] = []
        if !health.missing.isEmpty {
            checks.append(
                Check(
                    "roles", .warn, "there is no \(listed(health.missing)): the schema works for its owner alone",
                    mend: again))
        } else if !health.foreign.isEmpty {
            checks.append(
                Check("roles", .fail, "\(listed(health.foreign)) should belong to rota_owner", mend: again))
        }
        if !health.open.isEmpty {
            checks.append(
                Check("roles", .fail, "everybody may call \(listed(health.open))", mend: again))
        }
        if !health.wayward.isEmpty {
            checks.append(
                Check(
                    "roles", .fail, "\(listed(health.wayward)) runs as its owner along its caller's search path",
                    mend: "somebody changed it by hand: restore it from this release's migrations"))
        }
        return checks
    }

    private static func logins(_ health: RoleHealth) -> [Check] {
        var checks: [Check] = []
        if let login = health.unbound.first {
            checks.append(
                Check(
                    "roles", .warn, "in rota_worker, and bound to no queue: \(listed(health.unbound))",
                    mend: "rota login bind \(login) --queue NAME, or take it out of rota_worker"))
        }
        if let login = health.gone.first {
            checks.append(
                Check(
                    "roles", .warn, "bound, and no login any more: \(listed(health.gone))",
                    mend: "rota login unbind \(login): who makes a login of that name would have what it is bound to"))
        }
        return checks
    }
}
