import Postgres

/// How the server is to go about the statements of planning.
enum PlanningPlans {
    /// A plan is kept as long as its connection. One that was made while a table was all but empty would read the whole of it
    /// for ever after: so every statement is made to go from its arrays to the rows by their indexes, whatever is there
    /// when it is first run. Plans of their own for each set of arrays would be made again and again.
    static let prefer: Statement = """
        select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
            set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
            set_config('jit', 'off', true)
        """
}
