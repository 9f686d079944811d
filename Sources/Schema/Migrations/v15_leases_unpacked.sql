-- A lease of two hundred runs is a row of more than two kilobytes, which PostgreSQL would compress whenever it is written:
-- a twentieth of the server's work while a queue is drained. It is written and removed at once, so it stays as it is.
alter table rota.lease set (toast_tuple_target = 8160);

-- In PL/pgSQL it keeps its plan as long as the session; in SQL it was planned at each call.
create or replace function rota.leases_of(p_attempts bigint[]) returns bigint[]
language plpgsql immutable parallel safe
as $$
begin
    return array(select distinct a / 1000 from unnest(p_attempts) a);
end
$$;
