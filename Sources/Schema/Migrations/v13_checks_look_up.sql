-- The checks of v05, the same in what they hold. There each run that arrived or departed was looked for in a set of all
-- that stands in a table, which was read as a whole for it: the planner thinks that a statement moves a thousand runs.
-- `offset 0` has it look each of them up by its key.

create or replace function rota.check_arrival() returns trigger
language plpgsql
as $$
begin
    perform rota.refuse_arrival(array(
        select a.run_id from arrived a
        where not exists (select from rota.run r where r.id = a.run_id and r.due_at = a.due_at offset 0)
            or tg_table_name <> 'held' and exists (select from rota.held p where p.run_id = a.run_id offset 0)
            or tg_table_name <> 'ready' and exists (select from rota.ready p where p.run_id = a.run_id offset 0)
            or tg_table_name <> 'waiting' and exists (select from rota.waiting p where p.run_id = a.run_id offset 0)
            or tg_table_name <> 'done' and exists (
                select from rota.done p where p.run_id = a.run_id and p.due_at = a.due_at offset 0)
            or a.run_id in (select p.run_id from rota.leased p)
        limit 1), tg_table_name);
    return null;
end
$$;

create or replace function rota.check_lease_arrival() returns trigger
language plpgsql
as $$
begin
    perform rota.refuse_arrival(array(
        select a.run_id
        from arrived l, unnest(l.runs, l.dues) as a (run_id, due_at)
        where a.run_id is not null
            and (not exists (select from rota.run r where r.id = a.run_id and r.due_at = a.due_at offset 0)
                or rota.places(a.run_id) <> '{leased}'
                or 1 < (select count(*) from rota.leased p where p.run_id = a.run_id))
        limit 1), 'leased');
    return null;
end
$$;

create or replace function rota.check_departure() returns trigger
language plpgsql
as $$
declare
    allowed text[] := tg_argv[0];
    wrong bigint;
begin
    select g.run_id into wrong
    from departed g
    where not (
        'held' = any (allowed) and exists (select from rota.held p where p.run_id = g.run_id offset 0)
        or 'ready' = any (allowed) and exists (select from rota.ready p where p.run_id = g.run_id offset 0)
        or 'waiting' = any (allowed) and exists (select from rota.waiting p where p.run_id = g.run_id offset 0)
        or exists (select from rota.done p where p.run_id = g.run_id and p.due_at = g.due_at offset 0)
        or 'leased' = any (allowed) and g.run_id in (select p.run_id from rota.leased p))
    limit 1;
    if found then
        raise exception 'run % may not go from % to %', wrong, tg_table_name, rota.places(wrong)
            using errcode = 'integrity_constraint_violation', constraint = 'legal_move';
    end if;
    return null;
end
$$;
