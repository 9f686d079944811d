import Postgres
import Store

extension Signals {
    /// What is told to those who use this pool: heard on the way that `ROTA_LISTEN_URL` names, where there is a pooler on the
    /// pool's own.
    static func heard(beside pool: Pool, clock: any Clock<Duration>) -> Signals {
        var configuration = pool.configuration
        if let url = Environment.value("ROTA_LISTEN_URL", in: Environment.all) { configuration.conninfo = url }
        return Signals(listener: Listener(configuration, clock: clock))
    }
}
