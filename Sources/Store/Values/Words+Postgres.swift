import Model
import Postgres

// Words of the schema: stored as the text that the cases are named by.
extension Lane: @retroactive PostgresValue {}
extension RunState: @retroactive PostgresValue {}
extension Hold: @retroactive PostgresValue {}
extension AttemptEnd: @retroactive PostgresValue {}
