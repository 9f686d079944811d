import Postgres

/// Whether the roles are as `rota migrate` leaves them.
public struct RoleHealth: Sendable, Hashable {
    public var missing: [String]
    /// What is in the schema and does not belong to `rota_owner`.
    public var foreign: [String]
    /// Functions that everybody may call.
    public var open: [String]
    /// Functions that run as their owner along whatever search path their caller has.
    public var wayward: [String]
    /// Logins in `rota_worker` that are bound to no queue: their workers are refused.
    public var unbound: [String]
    /// Names that are bound, but are no login any more.
    public var gone: [String]

    public init(
        missing: [String] = [], foreign: [String] = [], open: [String] = [], wayward: [String] = [],
        unbound: [String] = [], gone: [String] = []
    ) {
        self.missing = missing
        self.foreign = foreign
        self.open = open
        self.wayward = wayward
        self.unbound = unbound
        self.gone = gone
    }
}

extension Store {
    static let selectRoles: Statement = """
        select
            array(
                select r.name from unnest(
                    '{rota_owner,rota_scheduler,rota_worker,rota_admin,rota_viewer}'::text[]) r (name)
                where to_regrole(r.name) is null),
            array(
                select c.relname::text from pg_class c
                where c.relnamespace = 'rota'::regnamespace and c.relkind in ('r', 'p', 'v', 'S')
                    and c.relowner is distinct from to_regrole('rota_owner')
                union all
                select p.proname::text from pg_proc p
                where p.pronamespace = 'rota'::regnamespace and p.proowner is distinct from to_regrole('rota_owner')
                order by 1),
            array(
                select p.proname::text from pg_proc p
                where p.pronamespace = 'rota'::regnamespace and has_function_privilege('public', p.oid, 'execute')
                order by 1),
            array(
                select p.proname::text from pg_proc p
                where p.pronamespace = 'rota'::regnamespace and p.prosecdef
                    and not exists (select from unnest(p.proconfig) c where c like 'search_path=%')
                order by 1),
            array(
                select r.rolname::text from pg_roles r
                where r.rolcanlogin and not r.rolsuper and to_regrole('rota_worker') is not null
                    and pg_has_role(r.oid, to_regrole('rota_worker'), 'member')
                    and not coalesce(pg_has_role(r.oid, to_regrole('rota_owner'), 'member'), false)
                    and not coalesce(pg_has_role(r.oid, to_regrole('rota_admin'), 'member'), false)
                    and not exists (select from rota.worker_login l where l.login = r.rolname)
                order by 1),
            array(
                select l.login::text from rota.worker_login l
                where not exists (select from pg_roles r where r.rolname = l.login and r.rolcanlogin)
                order by 1)
        """

    /// How the roles and logins stand.
    public func roleHealth() async throws -> RoleHealth {
        let row = try await pool.query(Self.selectRoles).only()
        return RoleHealth(
            missing: try row.get(0), foreign: try row.get(1), open: try row.get(2), wayward: try row.get(3),
            unbound: try row.get(4), gone: try row.get(5))
    }
}
