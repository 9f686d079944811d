-- What a run finds, or finds no longer, is told to jobs that need that nothing is wrong on their targets. Before, schedulers
-- looked at each of their ready and held runs every minute, and up to a minute long work began on what was known to be broken.

-- Of jobs that need that, at the clients of these assignments. Where something is found nobody takes another of their runs
-- before a scheduler has looked.
create function rota.nudge_careful(p_assignments bigint[], p_are_found boolean[]) returns void
language plpgsql
as $$
begin
    insert into rota.nudge (assignment_id, is_failure)
    select w.id, bool_or(n.is_found)
    from unnest(p_assignments, p_are_found) n (assignment_id, is_found)
    join rota.assignment a on a.id = n.assignment_id
    join rota.assignment w on w.client_id = a.client_id and w.removed_at is null
    join rota.job j on j.id = w.job_id
    join rota.job_revision v on v.job_id = j.id and v.revision = j.revision
    where v.definition @? '$.requires[*].noFinding'
    group by w.id;
    if found then
        perform pg_notify('rota_plan', '');
    end if;
end
$$;

-- By triggers, so that no way of opening or closing a finding can forget it.
create function rota.tell_found() returns trigger
language plpgsql
as $$
begin
    if exists (select from arrived) then
        perform rota.nudge_careful(array_agg(f.assignment_id), array_agg(true))
        from (select distinct n.assignment_id from arrived n where n.closed_at is null) f
        having count(*) > 0;
    end if;
    return null;
end
$$;

create trigger found after insert on rota.finding referencing new table as arrived
    for each statement execute function rota.tell_found();

create function rota.tell_changed() returns trigger
language plpgsql
as $$
begin
    if exists (select from after) then
        perform rota.nudge_careful(array_agg(f.assignment_id), array_agg(f.is_open))
        from (
            select n.assignment_id, bool_or(n.closed_at is null) as is_open
            from after n join before o on o.id = n.id
            where n.severity <> o.severity or n.closed_at is distinct from o.closed_at
            group by n.assignment_id
        ) f
        having count(*) > 0;
    end if;
    return null;
end
$$;

create trigger changed after update on rota.finding referencing old table as before new table as after
    for each statement execute function rota.tell_changed();

-- As in v06; of a key that one run says twice the gravest counts.
create or replace function rota.record_findings(
    p_assignment bigint, p_asset bigint, p_run bigint, p_findings jsonb
) returns void
language sql
security definer set search_path = pg_catalog, pg_temp
as $$
    update rota.finding f
    set closed_at = rota.now(), closed_by = 'run ' || p_run
    where f.assignment_id = p_assignment and f.asset_id is not distinct from p_asset and f.closed_at is null
        and not exists (select from jsonb_array_elements(p_findings) n where n ->> 'key' = f.key);
    insert into rota.finding as f
        (assignment_id, asset_id, key, severity, text, first_run, last_run, found_at, seen_at)
    select distinct on (n ->> 'key')
        p_assignment, p_asset, n ->> 'key', n ->> 'severity', n ->> 'text', p_run, p_run, rota.now(), rota.now()
    from jsonb_array_elements(p_findings) n
    order by n ->> 'key', case n ->> 'severity' when 'critical' then 1 when 'warning' then 2 else 3 end, n ->> 'text'
    on conflict (assignment_id, asset_id, key) where closed_at is null
    do update set severity = excluded.severity, text = excluded.text, last_run = excluded.last_run,
        seen_at = excluded.seen_at
$$;

-- Of runs that have come back, those that are ready, where what they wait for may have changed while they were at work:
-- something is paused, their rollout may have been stopped, something may have been found. Nobody takes them before a
-- scheduler has looked. Before, only pauses were heeded, and neither what a worker that ends hands back nor what was lost.
create function rota.look_again(p_runs bigint[]) returns void
language plpgsql
as $$
declare
    is_paused boolean := exists (
        select from rota.pause p where p.resumed_at is null and (p.until is null or p.until > rota.now()));
begin
    insert into rota.nudge (assignment_id, is_failure)
    select distinct r.assignment_id, true
    from rota.ready r
    join rota.run n on n.id = r.run_id and n.due_at = r.due_at
    join rota.assignment a on a.id = r.assignment_id and a.removed_at is null
    join rota.job j on j.id = r.job_id
    join rota.job_revision v on v.job_id = j.id and v.revision = j.revision
    where r.run_id = any (p_runs) and r.lane = 'proactive'
        and (is_paused or n.ring is not null or v.definition @? '$.requires[*].noFinding');
    if found then
        perform pg_notify('rota_plan', '');
    end if;
end
$$;

create or replace function rota.release(p_worker bigint, p_attempts bigint[]) returns bigint
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
declare
    count integer := cardinality(p_attempts);
    runs bigint[] := array(
        select l.runs[a.attempt_id % 1000] from unnest(p_attempts) a (attempt_id)
        join rota.lease l on l.id = a.attempt_id / 1000 and l.worker_id = p_worker);
    released bigint;
begin
    perform rota.check_worker(p_worker);
    released := coalesce(cardinality(rota.end_attempts(p_worker, p_attempts, array_fill('released'::text, array[count]),
        array_fill('ready'::text, array[count]), null, null, null, null, null, null, null, null)), 0);
    perform rota.look_again(runs);
    return released;
end
$$;

create or replace function rota.finish(
    p_worker bigint, p_attempts bigint[], p_runs bigint[], p_dues timestamptz[], p_ended_as text[], p_next text[],
    p_again interval[], p_exit_codes integer[], p_messages text[], p_results text[], p_findings text[],
    p_heads bytea[], p_tails bytea[], p_lengths bigint[], p_sha256s bytea[]
) returns bigint[]
language plpgsql
security definer set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare
    ended bigint[];
    asked bigint[];
begin
    perform rota.check_worker(p_worker);
    if 'ready' = any (p_next) then
        -- Once they are locked nobody asks to cancel them any more.
        perform from rota.lease l
        where l.id = any (rota.leases_of(p_attempts)) and l.worker_id = p_worker order by l.id for update;
        asked := array(select c.attempt_id from rota.cancel_request c where c.attempt_id = any (p_attempts));
    end if;
    if cardinality(asked) > 0 then
        p_ended_as := array(
            select case when s.ended_as = 'released' and s.attempt_id = any (asked) then 'cancelled' else s.ended_as end
            from unnest(p_attempts, p_ended_as) with ordinality s (attempt_id, ended_as, place) order by s.place);
        p_next := array(
            select case when s.next = 'ready' and s.attempt_id = any (asked) then 'cancelled' else s.next end
            from unnest(p_attempts, p_next) with ordinality s (attempt_id, next, place) order by s.place);
    end if;
    ended := coalesce(rota.end_attempts(p_worker, p_attempts, p_ended_as, p_next, p_again, p_exit_codes, p_messages,
        p_results, p_heads, p_tails, p_lengths, p_sha256s), '{}');
    if 'ready' = any (p_next) then
        perform rota.look_again(p_runs);
    end if;
    if cardinality(array_remove(p_findings, null)) > 0 then
        perform rota.record_findings(r.assignment_id, r.asset_id, r.id, s.findings::jsonb)
        from unnest(p_attempts, p_runs, p_dues, p_findings) s (attempt_id, run_id, due_at, findings)
        join rota.run r on r.id = s.run_id and r.due_at = s.due_at
        where s.findings is not null and s.attempt_id = any (ended) and r.assignment_id is not null;
    end if;
    if cardinality(ended) < cardinality(p_attempts) then
        ended := ended || array(
            select s.attempt_id
            from unnest(p_attempts, p_runs, p_dues, p_ended_as) s (attempt_id, run_id, due_at, ended_as)
            join rota.attempt a on a.run_id = s.run_id and a.due_at = s.due_at and a.id = s.attempt_id
            where s.attempt_id <> all (ended) and a.worker_id = p_worker and a.ended_as = s.ended_as
                and a.ended_as not in ('lost', 'released'));
    end if;
    return ended;
end
$$;

drop function rota.nudge_where_paused;
