-- What a worker may do. Every verb names the attempt, and an attempt that was ended meanwhile changes nothing.
-- Functions in PL/pgSQL keep their plans as long as the session; those in SQL would be planned at each call.

-- Up to `p_most` rows of `ready` that may start now, locked, in their order, each after the given place.
create function rota.pick(
    p_queue text, p_client bigint, p_lane text, p_now timestamptz, p_turn timestamptz, p_run bigint, p_most integer
) returns tid[]
language plpgsql
as $$
begin
    if p_client is null then
        return array(
            select r.ctid from rota.ready r
            where r.is_due and r.queue = p_queue and r.lane = p_lane and (r.turn, r.run_id) > (p_turn, p_run)
                and r.not_before <= p_now and (r.start_by is null or r.start_by > p_now)
            order by r.turn, r.run_id limit p_most for update skip locked);
    end if;
    return array(
        select r.ctid from rota.ready r
        where r.is_due and r.client_id = p_client and r.queue = p_queue and r.lane = p_lane
            and (r.turn, r.run_id) > (p_turn, p_run)
            and r.not_before <= p_now and (r.start_by is null or r.start_by > p_now)
        order by r.turn, r.run_id limit p_most for update skip locked);
end
$$;

-- Where a worker looks: in each of its queues, for each client to which it is bound (null: for all), first for what was
-- asked for, then for what is scheduled; of several queues, first where the oldest turn is. Where it looks after a
-- place it looks from the beginning too, in case too little comes after the place.
create function rota.streams(
    p_worker bigint, p_queues text[], p_lanes text[], p_turns timestamptz[], p_runs bigint[]
) returns table (queue text, client bigint, lane text, turn timestamptz, run bigint)
language plpgsql
as $$
#variable_conflict use_column
begin
    return query
    select s.queue, s.client, s.lane, s.turn, s.run
    from (
        select q.queue, b.client, l.lane, false as is_again, coalesce(a.turn, '-infinity') as turn,
            coalesce(a.run, 0) as run, count(*) over () > 2 as has_several
        from rota.worker w
        cross join unnest(w.queues) q (queue)
        cross join lateral (
            select null::bigint as client where w.clients is null
            union all
            select c.id from rota.client c where c.name = any (w.clients)
        ) b
        cross join (values ('reactive'), ('proactive')) l (lane)
        left join unnest(p_queues, p_lanes, p_turns, p_runs) a (queue, lane, turn, run)
            on b.client is null and a.queue = q.queue and a.lane = l.lane
        where w.id = p_worker
        union all
        select a.queue, null, a.lane, true, '-infinity', 0, false
        from unnest(p_queues, p_lanes) a (queue, lane)
    ) s
    order by s.lane desc, s.is_again, case when s.has_several then (
        select r.turn from rota.ready r
        where r.is_due and r.queue = s.queue and r.lane = s.lane and (r.turn, r.run_id) > (s.turn, s.run)
        order by r.turn, r.run_id limit 1) end nulls last;
end
$$;

-- Takes up to `p_most` runs that may start now, of which up to `p_most_reactive` were asked for by somebody.
--
-- `p_after_…` say, for a queue and a lane, up to where the worker has taken what was there, so that it does not walk
-- again over what is gone. What has come in before that place since is found where too little comes after it, and
-- whenever the caller leaves the place out. `p_look_later` also looks for what has become due since it was put aside.
create function rota.lease(
    p_worker bigint, p_most integer, p_most_reactive integer, p_length interval, p_look_later boolean,
    p_after_queues text[], p_after_lanes text[], p_after_turns timestamptz[], p_after_runs bigint[]
) returns table (
    attempt_id bigint, run_id bigint, due_at timestamptz, queue text, lane text, turn timestamptz, job_id bigint,
    revision integer, client_id bigint, client_changed_at timestamptz, asset_id bigint, asset_changed_at timestamptz,
    local_time text, attempts smallint, losses smallint, leased_at timestamptz, start_by timestamptz
)
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    moment timestamptz := rota.now();
    more integer := p_most;
    more_reactive integer := least(p_most, p_most_reactive);
    want integer;
    stream record;
    picked tid[];
begin
    perform set_config('rota.verb', 'on', true);
    if p_look_later then
        update rota.ready r set is_due = true
        where r.run_id = any (array(
            select l.run_id from rota.ready l
            where not l.is_due and l.not_before <= moment
            order by l.not_before limit 1000 for update skip locked));
    end if;
    for stream in
        select * from rota.streams(p_worker, p_after_queues, p_after_lanes, p_after_turns, p_after_runs)
    loop
        want := least(999, case stream.lane when 'reactive' then least(more, more_reactive) else more end);
        continue when want <= 0;
        picked := rota.pick(stream.queue, stream.client, stream.lane, moment, stream.turn, stream.run, want);
        continue when cardinality(picked) = 0;
        more := more - cardinality(picked);
        if stream.lane = 'reactive' then
            more_reactive := more_reactive - cardinality(picked);
        end if;
        return query
        with moved as (
            delete from rota.ready r where r.ctid = any (picked) returning r.*
        ), placed as materialized (
            select m.*, row_number() over (order by m.turn, m.run_id) as place from moved m
        ), lease as ( -- `placed` is read in the order in which its rows were numbered
            insert into rota.lease as l
                (id, worker_id, leased_at, expires_at, runs, dues, assignments, start_bys, attempts, losses)
            select nextval('rota.lease_id'), p_worker, moment, moment + p_length, array_agg(p.run_id),
                array_agg(p.due_at),
                case when count(p.assignment_id) > 0 then array_agg(p.assignment_id) end,
                case when count(p.start_by) > 0 then array_agg(p.start_by) end,
                case when max(p.attempts) > 0 then array_agg(p.attempts) end,
                case when max(p.losses) > 0 then array_agg(p.losses) end
            from placed p
            having count(*) > 0
            returning l.id
        )
        select l.id * 1000 + p.place, p.run_id, p.due_at, p.queue, p.lane, p.turn, p.job_id, p.revision,
            p.client_id, c.changed_at, p.asset_id, a.changed_at, o.local_time, p.attempts, p.losses, moment, p.start_by
        from lease l cross join placed p
        left join rota.client c on c.id = p.client_id
        left join rota.asset a on a.id = p.asset_id
        left join rota.occurrence o
            on p.lane = 'proactive' and o.assignment_id = p.assignment_id and o.due_at = p.due_at
        order by p.place;
    end loop;
    perform set_config('rota.verb', 'off', true);
end
$$;

-- Renews the leases with these attempts, and says that the worker lives. Tells for each attempt that is still held
-- whether somebody asked to cancel it; the others were superseded.
create function rota.renew(p_worker bigint, p_attempts bigint[], p_length interval)
returns table (attempt_id bigint, cancelled boolean)
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    leases bigint[] := rota.leases_of(p_attempts);
begin
    perform set_config('rota.verb', 'on', true);
    update rota.worker set seen_at = rota.now() where id = p_worker;
    return query
    with own as (
        update rota.lease l set expires_at = greatest(l.expires_at, rota.now() + p_length)
        where l.id = any (array(
            select o.id from rota.lease o
            where o.id = any (leases) and o.worker_id = p_worker order by o.id for update))
        returning l.id, l.runs
    )
    select a.attempt_id, c.attempt_id is not null
    from own o
    cross join unnest(p_attempts) a (attempt_id)
    left join rota.cancel_request c on c.attempt_id = a.attempt_id
    where a.attempt_id / 1000 = o.id and o.runs[a.attempt_id % 1000] is not null;
    perform set_config('rota.verb', 'off', true);
end
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

-- Ends those of the attempts that are still held (by `p_worker`, where it is not null). `p_next` is where the run goes:
-- ready (again, after `p_again`), waiting (for an acknowledgement, looked at again after `p_again`), succeeded, failed or
-- cancelled. An attempt that is released or lost counts as none.
-- Answers which attempts were ended.
create function rota.end_attempts(
    p_worker bigint, p_attempts bigint[], p_ended_as text[], p_next text[], p_again interval[],
    p_exit_codes integer[], p_messages text[], p_results text[],
    p_heads bytea[], p_tails bytea[], p_lengths bigint[], p_sha256s bytea[]
) returns bigint[]
language plpgsql
as $$
declare
    leases bigint[] := rota.leases_of(p_attempts);
    ended bigint[];
begin
    perform set_config('rota.verb', 'on', true);
    with own as materialized (
        select * from rota.lease l
        where l.id = any (leases) and (p_worker is null or l.worker_id = p_worker)
        order by l.id for update
    ), gone as materialized (
        select o.id as lease_id, o.worker_id, o.leased_at, u.run_id, u.due_at, u.assignment_id, u.start_by, s.*,
            (coalesce(u.attempts, 0) + coalesce(u.losses, 0) + 1)::smallint as number,
            (coalesce(u.attempts, 0) + case when s.ended_as in ('released', 'lost') then 0 else 1 end)::smallint
                as attempts,
            (coalesce(u.losses, 0) + case s.ended_as when 'lost' then 1 else 0 end)::smallint as losses,
            (select rota.now()) as now
        from own o
        cross join unnest(o.runs, o.dues, o.assignments, o.start_bys, o.attempts, o.losses) with ordinality
            u (run_id, due_at, assignment_id, start_by, attempts, losses, place)
        join unnest(p_attempts, p_ended_as, p_next, p_again, p_exit_codes, p_messages, p_results, p_heads, p_tails,
                p_lengths, p_sha256s)
            s (attempt_id, ended_as, next, again, exit_code, message, result, head, tail, length, sha256)
            on s.attempt_id = o.id * 1000 + u.place
        where u.run_id is not null
    ), ended as (
        select o.id, o.runs, e.count = cardinality(array_remove(o.runs, null)) as is_all
        from own o join (select g.lease_id, count(*) from gone g group by g.lease_id) e on e.lease_id = o.id
    ), emptied as (
        delete from rota.lease l using ended e where l.id = e.id and e.is_all
    ), shrunk as (
        update rota.lease l
        set runs = array(
            select case when g.attempt_id is null then u.run_id end
            from unnest(e.runs) with ordinality u (run_id, place)
            left join gone g on g.attempt_id = e.id * 1000 + u.place
            order by u.place)
        from ended e where l.id = e.id and not e.is_all
    ), finished as (
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, started_at, attempts, attempt_id,
            worker_id, ended_as, exit_code, reason, result, actor)
        select g.run_id, g.due_at, g.assignment_id, g.next, g.now, g.leased_at, g.number, g.attempt_id, g.worker_id,
            nullif(g.ended_as, g.next), g.exit_code, g.message, g.result::jsonb, c.actor
        from gone g left join rota.cancel_request c on c.attempt_id = g.attempt_id
        where g.next not in ('ready', 'waiting')
    ), noted as (
        insert into rota.earlier_attempt
            (id, run_id, due_at, number, worker_id, leased_at, ended_at, ended_as, exit_code, message)
        select g.attempt_id, g.run_id, g.due_at, g.number, g.worker_id, g.leased_at, g.now, g.ended_as, g.exit_code,
            g.message
        from gone g where g.next in ('ready', 'waiting')
    ), again as (
        insert into rota.ready
        select f.*
        from gone g
        join rota.run r on r.id = g.run_id and r.due_at = g.due_at
        cross join lateral rota.as_ready(
            r, g.now, g.now + coalesce(g.again, interval '0'), g.start_by, g.attempts, g.losses) f
        where g.next = 'ready'
        returning queue
    ), waits as (
        insert into rota.waiting (run_id, due_at, assignment_id, waits_for, since, look_at, attempts, losses)
        select g.run_id, g.due_at, g.assignment_id, 'acknowledgement', g.now, g.now + g.again, g.attempts, g.losses
        from gone g where g.next = 'waiting'
    ), kept as (
        insert into rota.output (attempt_id, due_at, head, tail, length, sha256)
        select g.attempt_id, g.due_at, g.head, g.tail, g.length, g.sha256 from gone g where g.sha256 is not null
    ), answered as (
        delete from rota.cancel_request c using gone g where c.attempt_id = g.attempt_id
    ), -- What was asked for again may need its window looked at, or its reminder repeated.
    wakes as materialized (
        select g.assignment_id, min(g.now + coalesce(g.again, interval '0')) as at
        from gone g
        where g.next in ('ready', 'waiting') and g.ended_as <> 'released' and g.assignment_id is not null
        group by g.assignment_id
    ), woken as (
        update rota.assignment a set wake_at = least(a.wake_at, w.at)
        from wakes w
        where a.id = w.assignment_id and a.id = any (array(
            select o.id from rota.assignment o join wakes n on n.assignment_id = o.id
            where o.removed_at is null order by o.id for no key update of o))
        returning a.id
    ), told as (
        select pg_notify('rota_ready', q.queue) from (select distinct queue from again) q
        union all
        select pg_notify('rota_plan', '') where exists (select from woken)
    )
    select array_agg(g.attempt_id) into ended from gone g where (select count(*) from told) >= 0;
    perform set_config('rota.verb', 'off', true);
    return ended;
end
$$;

-- Ends attempts as `end_attempts` says, with what they found (null: nothing is said of findings).
-- Answers which were recorded; asked a second time for the same attempts, it says the same again. `p_runs` and
-- `p_dues` are where it looks for what was recorded before.
create function rota.finish(
    p_worker bigint, p_attempts bigint[], p_runs bigint[], p_dues timestamptz[], p_ended_as text[], p_next text[],
    p_again interval[], p_exit_codes integer[], p_messages text[], p_results text[], p_findings text[],
    p_heads bytea[], p_tails bytea[], p_lengths bigint[], p_sha256s bytea[]
) returns bigint[]
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
declare
    ended bigint[] := coalesce(rota.end_attempts(p_worker, p_attempts, p_ended_as, p_next, p_again, p_exit_codes,
        p_messages, p_results, p_heads, p_tails, p_lengths, p_sha256s), '{}');
begin
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

-- Hands leases back unused: the runs are ready again at once, and no attempt is counted. Answers how many were held.
create function rota.release(p_worker bigint, p_attempts bigint[]) returns bigint
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
declare
    count integer := cardinality(p_attempts);
begin
    return coalesce(cardinality(rota.end_attempts(p_worker, p_attempts, array_fill('released'::text, array[count]),
        array_fill('ready'::text, array[count]), null, null, null, null, null, null, null, null)), 0);
end
$$;

-- What a worker needs to know to do the runs that it has in hand: each definition once, as far as the worker does not
-- have it yet. It sees the definitions of nothing else.
create function rota.particulars(
    p_worker bigint, p_leases bigint[], p_jobs bigint[], p_revisions integer[], p_clients bigint[], p_assets bigint[]
) returns table (kind text, id bigint, revision integer, changed_at timestamptz, definition jsonb)
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    with own as materialized (
        select distinct r.job_id, r.revision, r.client_id, r.asset_id
        from rota.lease l
        cross join unnest(l.runs, l.dues) u (run_id, due_at)
        join rota.run r on r.id = u.run_id and r.due_at = u.due_at
        where l.id = any (p_leases) and l.worker_id = p_worker
    )
    select 'job', v.job_id, v.revision, null::timestamptz, v.definition
    from unnest(p_jobs, p_revisions) n (job_id, revision)
    join rota.job_revision v on v.job_id = n.job_id and v.revision = n.revision
    where exists (select from own o where o.job_id = v.job_id and o.revision = v.revision)
    union all
    select 'client', c.id, null, c.changed_at, c.definition
    from rota.client c where c.id = any (p_clients) and c.id in (select client_id from own)
    union all
    select 'asset', a.id, null, a.changed_at, a.definition
    from rota.asset a where a.id = any (p_assets) and a.id in (select asset_id from own);
end
$$;
