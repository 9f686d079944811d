-- The state machine, held by the schema: a run stands in exactly one place, and moves only along the
-- arrows of docs/architecture.md. Every move is one statement (delete here, insert there), so both
-- triggers see its whole effect.
--
-- The worker's verbs (v06) are the hot path, and the only ones for which this is not looked at row by row: they set
-- `rota.verb`, and move in statements that insert what they deleted and nothing else.

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

create function rota.is_checked() returns boolean
language sql stable
as $$ select current_setting('rota.verb', true) is distinct from 'on' $$;

create function rota.refuse_arrival(p_runs bigint[], p_place text) returns void
language plpgsql
as $$
begin
    if cardinality(p_runs) > 0 then
        raise exception 'run % would stand in % (arriving in %)', p_runs[1], rota.places(p_runs[1]), p_place
            using errcode = 'integrity_constraint_violation', constraint = 'one_place';
    end if;
end
$$;

create function rota.check_arrival() returns trigger
language plpgsql
as $$
begin
    perform rota.refuse_arrival(array(
        select a.run_id from arrived a
        where not exists (select from rota.run r where r.id = a.run_id and r.due_at = a.due_at)
            or tg_table_name <> 'held' and exists (select from rota.held p where p.run_id = a.run_id)
            or tg_table_name <> 'ready' and exists (select from rota.ready p where p.run_id = a.run_id)
            or tg_table_name <> 'waiting' and exists (select from rota.waiting p where p.run_id = a.run_id)
            or tg_table_name <> 'done' and exists (
                select from rota.done p where p.run_id = a.run_id and p.due_at = a.due_at)
            or a.run_id in (select p.run_id from rota.leased p)
        limit 1), tg_table_name);
    return null;
end
$$;

create function rota.check_lease_arrival() returns trigger
language plpgsql
as $$
begin
    perform rota.refuse_arrival(array(
        select a.run_id
        from arrived l, unnest(l.runs, l.dues) as a (run_id, due_at)
        where a.run_id is not null
            and (not exists (select from rota.run r where r.id = a.run_id and r.due_at = a.due_at)
                or rota.places(a.run_id) <> '{leased}'
                or 1 < (select count(*) from rota.leased p where p.run_id = a.run_id))
        limit 1), 'leased');
    return null;
end
$$;

-- The trigger's argument names the places to which a run may go from here.
create function rota.check_departure() returns trigger
language plpgsql
as $$
declare
    allowed text[] := tg_argv[0];
    wrong bigint;
begin
    select g.run_id into wrong
    from departed g
    where not ('held' = any (allowed) and exists (select from rota.held p where p.run_id = g.run_id)
        or 'ready' = any (allowed) and exists (select from rota.ready p where p.run_id = g.run_id)
        or 'waiting' = any (allowed) and exists (select from rota.waiting p where p.run_id = g.run_id)
        or exists (select from rota.done p where p.run_id = g.run_id and p.due_at = g.due_at)
        or 'leased' = any (allowed) and g.run_id in (select p.run_id from rota.leased p))
    limit 1;
    if found then
        raise exception 'run % may not go from % to %', wrong, tg_table_name, rota.places(wrong)
            using errcode = 'integrity_constraint_violation', constraint = 'legal_move';
    end if;
    return null;
end
$$;

-- What was taken out of leases, by a deletion or by a change of their arrays.
create function rota.check_lease_departure() returns trigger
language plpgsql
as $$
declare
    wrong bigint;
begin
    select g.run_id into wrong
    from departed l, unnest(l.runs) as g (run_id)
    where g.run_id is not null
        and (cardinality(rota.places(g.run_id)) <> 1 or rota.places(g.run_id) && '{held}')
    limit 1;
    if found then
        raise exception 'run % may not go from leased to %', wrong, rota.places(wrong)
            using errcode = 'integrity_constraint_violation', constraint = 'legal_move';
    end if;
    return null;
end
$$;

create trigger arrival after insert on rota.held referencing new table as arrived
    for each statement when (rota.is_checked()) execute function rota.check_arrival();
create trigger arrival after insert on rota.ready referencing new table as arrived
    for each statement when (rota.is_checked()) execute function rota.check_arrival();
create trigger arrival after insert on rota.waiting referencing new table as arrived
    for each statement when (rota.is_checked()) execute function rota.check_arrival();
create trigger arrival after insert on rota.done referencing new table as arrived
    for each statement when (rota.is_checked()) execute function rota.check_arrival();
create trigger arrival after insert on rota.lease referencing new table as arrived
    for each statement when (rota.is_checked()) execute function rota.check_lease_arrival();
create trigger change after update on rota.lease referencing new table as arrived
    for each statement when (rota.is_checked()) execute function rota.check_lease_arrival();

create trigger departure after delete on rota.held referencing old table as departed
    for each statement when (rota.is_checked()) execute function rota.check_departure('{ready,waiting,done}');
create trigger departure after delete on rota.ready referencing old table as departed
    for each statement when (rota.is_checked()) execute function rota.check_departure('{held,leased,waiting,done}');
create trigger departure after delete on rota.waiting referencing old table as departed
    for each statement when (rota.is_checked()) execute function rota.check_departure('{ready,done}');
create trigger departure after delete on rota.lease referencing old table as departed
    for each statement when (rota.is_checked()) execute function rota.check_lease_departure();
create trigger change_leaves after update on rota.lease referencing old table as departed
    for each statement when (rota.is_checked()) execute function rota.check_lease_departure();

create function rota.refuse_other_run() returns trigger
language plpgsql
as $$
begin
    if new.run_id <> old.run_id or new.due_at <> old.due_at then
        raise exception 'run % may not become run % where it stands', old.run_id, new.run_id
            using errcode = 'integrity_constraint_violation', constraint = 'one_place';
    end if;
    return new;
end
$$;

create trigger same_run before update of run_id, due_at on rota.held
    for each row execute function rota.refuse_other_run();
create trigger same_run before update of run_id, due_at on rota.ready
    for each row execute function rota.refuse_other_run();
create trigger same_run before update of run_id, due_at on rota.waiting
    for each row execute function rota.refuse_other_run();

create function rota.refuse_truncate() returns trigger
language plpgsql
as $$
begin
    raise exception 'rota.% holds runs that are not done', tg_table_name
        using errcode = 'integrity_constraint_violation';
end
$$;

create trigger open_runs_stay before truncate on rota.held
    for each statement execute function rota.refuse_truncate();
create trigger open_runs_stay before truncate on rota.ready
    for each statement execute function rota.refuse_truncate();
create trigger open_runs_stay before truncate on rota.waiting
    for each statement execute function rota.refuse_truncate();
create trigger open_runs_stay before truncate on rota.lease
    for each statement execute function rota.refuse_truncate();

create trigger history_stays before update or delete or truncate on rota.done
    for each statement execute function rota.refuse_change();
create trigger runs_stay before update or delete or truncate on rota.run
    for each statement execute function rota.refuse_change();
create trigger revisions_stay before update or delete on rota.job_revision
    for each statement execute function rota.refuse_change();
