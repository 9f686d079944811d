-- What a worker may do. Every verb names the attempt, and an attempt that was ended meanwhile changes nothing.

create function rota.lease(
    p_worker bigint, p_queues text[], p_clients bigint[], p_most integer, p_most_reactive integer,
    p_length interval
) returns table (
    attempt_id bigint, run_id bigint, attempts smallint, losses smallint, leased_at timestamptz,
    start_by timestamptz
)
language sql
security definer set search_path = pg_catalog, pg_temp
as $$
    with reactive as materialized (
        select r.run_id from rota.ready r
        where r.queue = any (p_queues) and r.lane = 'reactive' and r.not_before <= rota.now()
            and (r.start_by is null or r.start_by > rota.now())
            and (p_clients is null or r.client_id = any (p_clients))
        order by r.priority desc, r.not_before, r.run_id
        limit least(p_most, p_most_reactive)
        for update skip locked
    ), proactive as materialized (
        select r.run_id from rota.ready r
        where r.queue = any (p_queues) and r.lane = 'proactive' and r.not_before <= rota.now()
            and (r.start_by is null or r.start_by > rota.now())
            and (p_clients is null or r.client_id = any (p_clients))
        order by r.priority desc, r.not_before, r.run_id
        limit p_most - (select count(*) from reactive)
        for update skip locked
    ), moved as (
        delete from rota.ready r
        where r.run_id = any (array(select run_id from reactive union all select run_id from proactive))
        returning r.run_id, r.assignment_id, r.start_by, r.attempts, r.losses
    )
    insert into rota.leased as l
        (attempt_id, run_id, assignment_id, worker_id, leased_at, expires_at, start_by, attempts, losses)
    select nextval('rota.attempt_id'), m.run_id, m.assignment_id, p_worker, moment.now, moment.now + p_length,
        m.start_by, m.attempts, m.losses
    from moved m, (select rota.now() as now offset 0) moment
    returning l.attempt_id, l.run_id, l.attempts, l.losses, l.leased_at, l.start_by
$$;

-- Tells for each attempt that is still held whether somebody asked to cancel it; the others were superseded.
create function rota.renew(p_worker bigint, p_attempts bigint[], p_length interval)
returns table (attempt_id bigint, cancelled boolean)
language sql
security definer set search_path = pg_catalog, pg_temp
as $$
    update rota.worker set seen_at = rota.now() where id = p_worker;
    update rota.leased l
    set expires_at = greatest(l.expires_at, rota.now() + p_length)
    where l.attempt_id = any (p_attempts) and l.worker_id = p_worker
    returning l.attempt_id, l.cancel_at is not null
$$;

create function rota.record_findings(
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
    on conflict (assignment_id, asset_id, key) where closed_at is null
    do update set severity = excluded.severity, text = excluded.text, last_run = excluded.last_run,
        seen_at = excluded.seen_at
$$;

-- Ends an attempt. `p_next` is where the run goes: ready (again, after p_again_after), waiting (for an
-- acknowledgement, looked at again after p_again_after), succeeded, failed or cancelled.
-- Answers whether it was recorded; asked a second time for the same attempt, it says the same again.
create function rota.finish(
    p_worker bigint, p_attempt bigint, p_ended_as text, p_next text, p_again_after interval,
    p_exit_code integer, p_message text, p_result jsonb, p_findings jsonb,
    p_head bytea, p_tail bytea, p_length bigint, p_sha256 bytea
) returns boolean
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
declare
    lease rota.leased;
    own rota.run;
    moment timestamptz := rota.now();
    again_at timestamptz := moment + p_again_after;
    spent smallint;
begin
    select * into lease from rota.leased l
    where l.attempt_id = p_attempt and l.worker_id = p_worker for update;
    if not found then
        return exists (select from rota.attempt a
            where a.id = p_attempt and a.worker_id = p_worker and a.ended_as = p_ended_as
                and a.ended_as not in ('lost', 'released'));
    end if;
    select * into strict own from rota.run r where r.id = lease.run_id;
    spent := lease.attempts + 1;

    insert into rota.attempt (id, run_id, number, worker_id, leased_at, ended_at, ended_as, exit_code, message)
    values (p_attempt, lease.run_id, spent + lease.losses, p_worker, lease.leased_at, moment, p_ended_as,
        p_exit_code, p_message);
    if p_sha256 is not null then
        insert into rota.output (attempt_id, head, tail, length, sha256)
        values (p_attempt, p_head, p_tail, p_length, p_sha256);
    end if;
    if p_findings is not null and own.assignment_id is not null then
        perform rota.record_findings(own.assignment_id, own.asset_id, own.id, p_findings);
    end if;

    if p_next = 'ready' then
        with gone as (delete from rota.leased l where l.attempt_id = p_attempt returning l.*)
        insert into rota.ready (run_id, assignment_id, client_id, queue, lane, priority, not_before, start_by,
            since, attempts, losses)
        select g.run_id, g.assignment_id, own.client_id, own.queue, own.lane, own.priority, again_at, g.start_by,
            moment, spent, g.losses
        from gone g;
        perform pg_notify('rota_ready', own.queue);
    elsif p_next = 'waiting' then
        with gone as (delete from rota.leased l where l.attempt_id = p_attempt returning l.*)
        insert into rota.waiting (run_id, assignment_id, waits_for, since, look_at, attempts, losses)
        select g.run_id, g.assignment_id, 'acknowledgement', moment, again_at, spent, g.losses
        from gone g;
    else
        with gone as (delete from rota.leased l where l.attempt_id = p_attempt returning l.*)
        insert into rota.done (run_id, state, finished_at, started_at, attempts, attempt_id, worker_id, exit_code,
            reason, result, actor)
        select g.run_id, p_next, moment, g.leased_at, spent + g.losses, p_attempt, p_worker, p_exit_code,
            p_message, p_result, g.cancel_by
        from gone g;
    end if;
    -- What was asked for again may need its window looked at, or its reminder repeated.
    if p_next in ('ready', 'waiting') and own.assignment_id is not null then
        update rota.assignment a set wake_at = least(a.wake_at, coalesce(again_at, moment))
        where a.id = own.assignment_id and a.removed_at is null;
        perform pg_notify('rota_plan', '');
    end if;
    return true;
end
$$;

-- Hands leases back unused: the run is ready again at once, and no attempt is counted.
create function rota.release(p_worker bigint, p_attempts bigint[]) returns bigint
language sql
security definer set search_path = pg_catalog, pg_temp
as $$
    with gone as (
        delete from rota.leased l
        where l.attempt_id = any (p_attempts) and l.worker_id = p_worker
        returning l.*
    ), noted as (
        insert into rota.attempt (id, run_id, number, worker_id, leased_at, ended_at, ended_as)
        select g.attempt_id, g.run_id, g.attempts + g.losses + 1, g.worker_id, g.leased_at, rota.now(), 'released'
        from gone g
    ), back as (
        insert into rota.ready (run_id, assignment_id, client_id, queue, lane, priority, not_before, start_by,
            since, attempts, losses)
        select g.run_id, g.assignment_id, r.client_id, r.queue, r.lane, r.priority, rota.now(), g.start_by,
            rota.now(), g.attempts, g.losses
        from gone g join rota.run r on r.id = g.run_id
        returning queue
    ), told as (
        select pg_notify('rota_ready', q.queue) from (select distinct queue from back) q
    )
    select (select count(*) from back) + 0 * (select count(*) from told)
$$;
