-- The state machine, held by the schema: a run stands in exactly one place, and moves only along the
-- arrows of docs/architecture.md. Every move is one statement (delete here, insert there), so both
-- triggers see its whole effect.

create function rota.places(p_run bigint) returns text[]
language sql stable
as $$
    select array_remove(array[
        case when exists (select from rota.held where run_id = p_run) then 'held' end,
        case when exists (select from rota.ready where run_id = p_run) then 'ready' end,
        case when exists (select from rota.leased where run_id = p_run) then 'leased' end,
        case when exists (select from rota.waiting where run_id = p_run) then 'waiting' end,
        case when exists (select from rota.done where run_id = p_run) then 'done' end], null)
$$;

create function rota.check_arrival() returns trigger
language plpgsql
as $$
declare
    wrong record;
begin
    select a.run_id, rota.places(a.run_id) as places into wrong
    from arrived a
    where rota.places(a.run_id) <> array[tg_table_name::text]
        or not exists (select from rota.run r where r.id = a.run_id)
    limit 1;
    if found then
        raise exception 'run % would stand in % (arriving in %)', wrong.run_id, wrong.places, tg_table_name
            using errcode = 'integrity_constraint_violation', constraint = 'one_place';
    end if;
    return null;
end
$$;

-- The trigger's argument names the places to which a run may go from here.
create function rota.check_departure() returns trigger
language plpgsql
as $$
declare
    wrong record;
begin
    select l.run_id, rota.places(l.run_id) as places into wrong
    from departed l
    where cardinality(rota.places(l.run_id)) <> 1
        or not rota.places(l.run_id) <@ tg_argv[0]::text[]
    limit 1;
    if found then
        raise exception 'run % may not go from % to %', wrong.run_id, tg_table_name, wrong.places
            using errcode = 'integrity_constraint_violation', constraint = 'legal_move';
    end if;
    return null;
end
$$;

create trigger arrival after insert on rota.held referencing new table as arrived
    for each statement execute function rota.check_arrival();
create trigger arrival after insert on rota.ready referencing new table as arrived
    for each statement execute function rota.check_arrival();
create trigger arrival after insert on rota.leased referencing new table as arrived
    for each statement execute function rota.check_arrival();
create trigger arrival after insert on rota.waiting referencing new table as arrived
    for each statement execute function rota.check_arrival();
create trigger arrival after insert on rota.done referencing new table as arrived
    for each statement execute function rota.check_arrival();

create trigger departure after delete on rota.held referencing old table as departed
    for each statement execute function rota.check_departure('{ready,waiting,done}');
create trigger departure after delete on rota.ready referencing old table as departed
    for each statement execute function rota.check_departure('{held,leased,waiting,done}');
create trigger departure after delete on rota.leased referencing old table as departed
    for each statement execute function rota.check_departure('{ready,waiting,done}');
create trigger departure after delete on rota.waiting referencing old table as departed
    for each statement execute function rota.check_departure('{ready,done}');

create trigger history_stays before update or delete or truncate on rota.done
    for each statement execute function rota.refuse_change();
create trigger runs_stay before update on rota.run
    for each statement execute function rota.refuse_change();
create trigger revisions_stay before update or delete on rota.job_revision
    for each statement execute function rota.refuse_change();
