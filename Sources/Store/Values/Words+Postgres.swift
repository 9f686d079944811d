import Model
import Postgres

// Words of the schema: stored as the text that the cases are named by.
extension Lane: PostgresValue {}
extension RunState: PostgresValue {}
extension Hold: PostgresValue {}
extension AttemptEnd: PostgresValue {}
