import Postgres
import Recurrence

/// The queues and clients to which a worker's login is bound.
public struct LoginBinding: Sendable, Hashable {
    public var login: String
    public var queues: [String]
    /// Names of clients; nil is all.
    public var clients: [String]?
    public var boundAt: Instant
    public var boundBy: String
}

/// What became of the wish to bind a login.
public enum BindResult: Sendable, Hashable {
    case bound
    /// The server has no such role, or it may not log in.
    case noLogin
    /// It is not in the role `rota_worker`: it could call nothing.
    case noWorker
    /// It is an administrator's, or the owner's: nothing binds it.
    case unbindable
    case unknownClients([String])
}

extension Store {
    static let selectLogin: Statement = """
        select coalesce(pg_has_role(r.oid, to_regrole('rota_worker'), 'member'), false),
            pg_has_role(r.oid, n.nspowner, 'member')
                or coalesce(pg_has_role(r.oid, to_regrole('rota_admin'), 'member'), false)
        from pg_roles r, pg_namespace n
        where r.rolname = $1::text and r.rolcanlogin and n.nspname = 'rota'
        """

    static let selectUnknownClients: Statement = """
        select n.name from unnest($1::text[]) n (name)
        where not exists (select from rota.client c where c.name = n.name and c.removed_at is null)
        """

    static let bindLogin: Statement = """
        insert into rota.worker_login (login, queues, clients, bound_at, bound_by)
        values ($1::text, $2, $3, rota.now(), $4)
        on conflict (login) do update
            set queues = excluded.queues, clients = excluded.clients, bound_at = excluded.bound_at,
                bound_by = excluded.bound_by
        """

    static let unbindLogin: Statement = "delete from rota.worker_login where login = $1::text returning 1"

    static let selectBindings: Statement =
        "select login::text, queues, clients, bound_at, bound_by from rota.worker_login order by login"

    /// Says for which queues and clients a login may work, instead of what was said before. Workers that it has take no
    /// more than that from now on; what they have in hand they finish.
    ///
    /// - Parameter clients: nil is all.
    public func bind(
        login: String, queues: [String], clients: [String]?, reason: String?, actor: String
    ) async throws -> BindResult {
        try await pool.transaction { connection in
            guard let row = try await connection.query(Self.selectLogin, [login]).first else { return .noLogin }
            if try row.get(1) { return .unbindable }
            guard try row.get(0) else { return .noWorker }
            let unknown = try await connection.query(Self.selectUnknownClients, [clients ?? []])
                .map { try $0.get(0, as: String.self) }
            guard unknown.isEmpty else { return .unknownClients(unknown) }
            _ = try await connection.query(Self.bindLogin, [login, queues, clients, actor])
            let detail = try JSON(encoding: ["queues": queues, "clients": clients])
            try await Act(actor: actor, verb: "bind", subject: "login/\(login)", reason: reason, detail: detail)
                .record(on: connection)
            return .bound
        }
    }

    /// Takes from a login what it may work for. Its workers finish what they have in hand.
    ///
    /// - Returns: whether it was bound.
    public func unbind(login: String, reason: String?, actor: String) async throws -> Bool {
        try await pool.transaction { connection in
            guard try await connection.query(Self.unbindLogin, [login]).first != nil else { return false }
            try await Act(actor: actor, verb: "unbind", subject: "login/\(login)", reason: reason)
                .record(on: connection)
            return true
        }
    }

    /// All logins that are bound, by name.
    public func loginBindings() async throws -> [LoginBinding] {
        try await pool.query(Self.selectBindings, []).map { row in
            try LoginBinding(
                login: row.get(0), queues: row.get(1), clients: row.get(2), boundAt: row.get(3), boundBy: row.get(4))
        }
    }
}
