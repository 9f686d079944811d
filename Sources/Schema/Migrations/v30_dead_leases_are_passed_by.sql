-- A batch's lease is written, looked at a few times and removed; what it costs is to be what it holds, not its square, and what
-- is left of it, dead, until the server tidies up, is to cost nobody else.

-- Of more than 500 runs (340 of jobs) it is too long for its page, and PostgreSQL would compress it, which costs more than all
-- else about it, and unpack it at each look: kept beside the table as it is.
alter table rota.lease
    alter runs set storage external,
    alter dues set storage external,
    alter assignments set storage external,
    alter start_bys set storage external,
    alter attempts set storage external,
    alter losses set storage external;

create function rota.highest(p_runs bigint[]) returns bigint
language plpgsql immutable parallel safe
as $$
begin
    return (select max(u) from unnest(p_runs) u);
end
$$;

-- New runs have higher numbers than all that are leased: by this index nobody who makes some walks over leases, living or dead.
alter table rota.lease add column highest bigint generated always as (rota.highest(runs)) stored;
create index lease_by_highest on rota.lease (highest);

-- As in v21 and v29, but for that, and that runs that eight make at once, whose numbers lie between each other's, are close enough.
create or replace function rota.check_arrival() returns trigger
language plpgsql
set plan_cache_mode = force_generic_plan set jit = off set enable_seqscan = off
as $$
declare
    first bigint;
    last bigint;
    count bigint;
begin
    select min(a.run_id), max(a.run_id), count(*) into first, last, count from arrived a;
    if last - first < 16 * count
        and not (tg_table_name <> 'held' and exists (select from rota.held p where p.run_id between first and last))
        and not (tg_table_name <> 'ready' and exists (select from rota.ready p where p.run_id between first and last))
        and not (tg_table_name <> 'waiting' and exists (
            select from rota.waiting p where p.run_id between first and last))
        and not (tg_table_name <> 'done' and exists (select from rota.done p where p.run_id between first and last))
        and not exists (
            select from rota.lease l
            where l.highest >= first and exists (select from unnest(l.runs) u where u between first and last))
        and count = (
            select count(*) from arrived a join rota.run r on r.id = a.run_id and r.due_at = a.due_at
            where r.id between first and last)
    then
        return null;
    end if;
    perform rota.refuse_arrival(array(
        select a.run_id from arrived a
        where not exists (select from rota.run r where r.id = a.run_id and r.due_at = a.due_at offset 0)
            or tg_table_name <> 'held' and exists (select from rota.held p where p.run_id = a.run_id offset 0)
            or tg_table_name <> 'ready' and exists (select from rota.ready p where p.run_id = a.run_id offset 0)
            or tg_table_name <> 'waiting' and exists (select from rota.waiting p where p.run_id = a.run_id offset 0)
            or tg_table_name <> 'done' and exists (
                select from rota.done p where p.run_id = a.run_id and p.due_at = a.due_at offset 0)
            or a.run_id in (select u from rota.lease l, unnest(l.runs) u where l.highest >= first)
        limit 1), tg_table_name);
    return null;
end
$$;

-- As in v21, but that what a lease holds is read once, and not for each of its runs.
create or replace function rota.end_whole(
    p_lease bigint, p_worker bigint, p_attempts bigint[], p_ended_as text[], p_next text[], p_exit_codes integer[]
) returns boolean
language plpgsql
as $$
declare
    held rota.lease;
    count integer;
    moment timestamptz := rota.now();
    next text := p_next[1];
    ended_as text := nullif(p_ended_as[1], next);
    exit_code integer := p_exit_codes[1];
begin
    if not (p_next[1] = all (p_next) and p_ended_as[1] = all (p_ended_as))
        or (p_exit_codes is not null and (p_exit_codes[1] = all (p_exit_codes)) is not true)
    then
        return false;
    end if;
    select * into held from rota.lease l
    where l.id = p_lease and (p_worker is null or l.worker_id = p_worker) and not l.is_limited
        and array_position(l.runs, null) is null;
    count := cardinality(held.runs);
    if not found or count <> (select count(distinct a) from unnest(p_attempts) a where a % 1000 between 1 and count) then
        return false;
    end if;
    insert into rota.done (run_id, due_at, assignment_id, state, finished_at, started_at, attempts, attempt_id,
        worker_id, ended_as, exit_code)
    select u.run_id, u.due_at, u.assignment_id, next, moment, held.leased_at,
        (coalesce(u.attempts, 0) + coalesce(u.losses, 0) + 1)::smallint, held.id * 1000 + u.place, held.worker_id,
        ended_as, exit_code
    from unnest(held.runs, held.dues, held.assignments, held.attempts, held.losses) with ordinality
        u (run_id, due_at, assignment_id, attempts, losses, place);
    delete from rota.lease l where l.id = p_lease;
    return true;
end
$$;

-- Likewise. To put an array together with nothing reads it, wherever it is kept.
create or replace function rota.end_plainly(
    p_worker bigint, p_attempts bigint[], p_ended_as text[], p_next text[], p_exit_codes integer[], p_messages text[],
    p_results text[]
) returns bigint[]
language plpgsql
as $$
declare
    leases bigint[] := rota.leases_of(p_attempts);
    moment timestamptz := rota.now();
    ended bigint[];
    counted bigint[];
begin
    with own as materialized (
        select l.id, l.worker_id, l.leased_at, l.is_limited, l.runs || '{}' as runs, l.dues || '{}' as dues,
            l.assignments || '{}' as assignments, l.attempts || '{}' as attempts, l.losses || '{}' as losses
        from rota.lease l where l.id = any (leases) and (p_worker is null or l.worker_id = p_worker)
    ), gone as materialized (
        select o.id as lease_id, o.worker_id, o.leased_at, o.is_limited, o.runs[s.attempt_id % 1000] as run_id,
            o.dues[s.attempt_id % 1000] as due_at, o.assignments[s.attempt_id % 1000] as assignment_id, s.*,
            (coalesce(o.attempts[s.attempt_id % 1000], 0) + coalesce(o.losses[s.attempt_id % 1000], 0) + 1)::smallint
                as number
        from unnest(p_attempts, p_ended_as, p_next, p_exit_codes, p_messages, p_results)
            s (attempt_id, ended_as, next, exit_code, message, result)
        join own o on o.id = s.attempt_id / 1000
        where o.runs[s.attempt_id % 1000] is not null
    ), ended as (
        select o.id, o.runs, e.count = cardinality(array_remove(o.runs, null)) as is_all
        from own o join (select g.lease_id, count(*) from gone g group by g.lease_id) e on e.lease_id = o.id
    ), emptied as (
        delete from rota.lease l where l.id = any (array(select e.id from ended e where e.is_all))
    ), shrunk as (
        update rota.lease l
        set runs = array(
            select case when e.id * 1000 + u.place not in (select g.attempt_id from gone g) then u.run_id end
            from unnest(e.runs) with ordinality u (run_id, place)
            order by u.place)
        from ended e where l.id = e.id and l.id = any (array(select n.id from ended n where not n.is_all))
    ), finished as (
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, started_at, attempts, attempt_id,
            worker_id, ended_as, exit_code, reason, result)
        select g.run_id, g.due_at, g.assignment_id, g.next, moment, g.leased_at, g.number, g.attempt_id, g.worker_id,
            nullif(g.ended_as, g.next), g.exit_code, g.message, g.result::jsonb
        from gone g
    )
    select array_agg(g.attempt_id), array_agg(g.run_id) filter (where g.is_limited) into ended, counted from gone g;
    if counted is not null then
        perform rota.leave_groups(counted);
    end if;
    return ended;
end
$$;
