-- What workers take and end goes through the server as whole batches, an array a column, and in few statements: of what a
-- run cost there, most was rows that were passed from one statement to the next, plans that were made again, and triggers that
-- were not to be fired.

-- Which queue and lane a run stands in, as one number: the indexes by which workers find the next compare it alone, where they
-- compared two texts at every step of the way down. Two streams that share a number are told apart by the texts.
create function rota.stream(p_queue text, p_lane text) returns bigint
language sql immutable parallel safe
as $$ select hashtextextended(p_lane || ' ' || p_queue, 0) $$;

alter table rota.ready add column stream bigint;
update rota.ready set stream = rota.stream(queue, lane);
alter table rota.ready
    alter column stream set not null,
    add check (stream = hashtextextended(lane || ' ' || queue, 0));

drop index rota.ready_by_turn, rota.ready_of_client_by_turn;
create index ready_by_turn on rota.ready (stream, turn, run_id) where is_due;
-- For workers that are bound to some clients.
create index ready_of_client_by_turn on rota.ready (client_id, stream, turn, run_id) where is_due;

create or replace function rota.as_ready(
    r rota.run, p_now timestamptz, p_not_before timestamptz, p_start_by timestamptz, p_attempts smallint,
    p_losses smallint
) returns setof rota.ready
language sql stable rows 1
as $$
    select r.id, r.due_at, r.assignment_id, r.job_id, r.revision, r.client_id, r.asset_id, r.queue, r.lane,
        r.priority, p_not_before, p_start_by, p_now, rota.turn(p_not_before, r.priority), p_not_before <= p_now,
        p_attempts, p_losses, r.limits, null::bigint, rota.stream(r.queue, r.lane)
$$;

-- As in v13; of runs with numbers close together, as those that were just made have, it is first asked whether any number
-- between them stands anywhere else.
create or replace function rota.check_arrival() returns trigger
language plpgsql
set plan_cache_mode = force_generic_plan set jit = off
as $$
declare
    first bigint;
    last bigint;
    count bigint;
begin
    select min(a.run_id), max(a.run_id), count(*) into first, last, count from arrived a;
    if last - first < 4 * count
        and not (tg_table_name <> 'held' and exists (select from rota.held p where p.run_id between first and last))
        and not (tg_table_name <> 'ready' and exists (select from rota.ready p where p.run_id between first and last))
        and not (tg_table_name <> 'waiting' and exists (
            select from rota.waiting p where p.run_id between first and last))
        and not (tg_table_name <> 'done' and exists (select from rota.done p where p.run_id between first and last))
        and not exists (select from rota.leased p where p.run_id between first and last)
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
            or a.run_id in (select p.run_id from rota.leased p)
        limit 1), tg_table_name);
    return null;
end
$$;

-- A function in the condition of a trigger is made ready at every statement; this is asked without one.
do $$
declare
    one record;
begin
    for one in
        select t.tgname, t.tgrelid::regclass::text as place, pg_get_triggerdef(t.oid) as definition
        from pg_trigger t
        where not t.tgisinternal and pg_get_triggerdef(t.oid) like '%(rota.is_checked())%'
    loop
        execute format('drop trigger %I on %s', one.tgname, one.place);
        execute replace(one.definition, '(rota.is_checked())',
            '(current_setting(''rota.verb'', true) is distinct from ''on'')');
    end loop;
end
$$;

drop function rota.is_checked;

-- Workers are not deleted while they have anything in hand, and `rota.streams` looks at the worker itself.
alter table rota.lease drop constraint lease_worker_id_fkey;

-- As in v07; most batches of work that somebody asked for alone have nothing to note.
create or replace function rota.note_success() returns trigger
language plpgsql
as $$
begin
    if not exists (select from arrived d where d.assignment_id is not null and d.state = 'succeeded') then
        return null;
    end if;
    insert into rota.last_success as l (assignment_id, asset_id, run_id, succeeded_at)
    select distinct on (r.assignment_id, r.asset_id) r.assignment_id, r.asset_id, r.id, d.finished_at
    from arrived d join rota.run r on r.id = d.run_id and r.due_at = d.due_at
    where d.state = 'succeeded' and d.assignment_id is not null
    order by r.assignment_id, r.asset_id, d.finished_at desc
    on conflict (assignment_id, asset_id) do update
        set run_id = excluded.run_id, succeeded_at = excluded.succeeded_at
        where l.succeeded_at <= excluded.succeeded_at;
    return null;
end
$$;

-- Runs of one stream that are taken together, in their order. An array has an element for each, or is null where all of its
-- elements would be (`attempts`, `losses`: 0).
create type rota.batch as (
    places      tid[],
    is_limited  boolean, -- whether one of them counts in groups
    runs        bigint[],
    dues        timestamptz[],
    last_turn   timestamptz,
    assignments bigint[],
    jobs        bigint[],
    revisions   integer[],
    clients     bigint[],
    assets      bigint[],
    start_bys   timestamptz[],
    attempts    smallint[],
    losses      smallint[]
);

-- The batch of these rows of `ready`.
create function rota.collect(p_places tid[], p_is_limited boolean) returns rota.batch
language plpgsql
as $$
declare
    batch rota.batch;
begin
    select array_agg(n.ctid), p_is_limited, array_agg(n.run_id), array_agg(n.due_at), max(n.turn),
        case when count(n.assignment_id) > 0 then array_agg(n.assignment_id) end, array_agg(n.job_id),
        array_agg(n.revision), array_agg(n.client_id), case when count(n.asset_id) > 0 then array_agg(n.asset_id) end,
        case when count(n.start_by) > 0 then array_agg(n.start_by) end,
        case when max(n.attempts) > 0 then array_agg(n.attempts) end,
        case when max(n.losses) > 0 then array_agg(n.losses) end
    into batch
    from (select r.ctid, r.* from rota.ready r where r.ctid = any (p_places) order by r.turn, r.run_id) n;
    return batch;
end
$$;

drop function rota.lease, rota.pick;

-- Up to `p_most` rows of `ready` that may start now, locked, in their order, each after the given place, but none of what a
-- failure may stop, until a scheduler has looked. The nudges are read in the same statement, so that no run is seen that
-- a failure has made room for, without that failure. `p_client` null is all: the common way, in one statement.
create function rota.pick(
    p_queue text, p_client bigint, p_lane text, p_now timestamptz, p_turn timestamptz, p_run bigint, p_most integer
) returns rota.batch
language plpgsql
as $$
declare
    own bigint := rota.stream(p_queue, p_lane);
    batch rota.batch;
begin
    if p_client is not null then
        return rota.collect(array_agg(n.ctid), count(n.limits) > 0)
        from (
            select r.ctid, r.limits from rota.ready r
            where r.is_due and r.client_id = p_client and r.stream = own and r.queue = p_queue and r.lane = p_lane
                and (r.turn, r.run_id) > (p_turn, p_run)
                and r.not_before <= p_now and (r.start_by is null or r.start_by > p_now)
                and (r.assignment_id is null or r.lane <> 'proactive' or r.assignment_id <> all (array(
                    select u.assignment_id from rota.nudge u where u.is_failure)))
            order by r.turn, r.run_id limit p_most for update skip locked) n;
    end if;
    select array_agg(n.ctid), count(n.limits) > 0, array_agg(n.run_id), array_agg(n.due_at), max(n.turn),
        case when count(n.assignment_id) > 0 then array_agg(n.assignment_id) end, array_agg(n.job_id),
        array_agg(n.revision), array_agg(n.client_id), case when count(n.asset_id) > 0 then array_agg(n.asset_id) end,
        case when count(n.start_by) > 0 then array_agg(n.start_by) end,
        case when max(n.attempts) > 0 then array_agg(n.attempts) end,
        case when max(n.losses) > 0 then array_agg(n.losses) end
    into batch
    from (
        select r.ctid, r.* from rota.ready r
        where r.is_due and r.stream = own and r.queue = p_queue and r.lane = p_lane and (r.turn, r.run_id) > (p_turn, p_run)
            and r.not_before <= p_now and (r.start_by is null or r.start_by > p_now)
            and (r.assignment_id is null or r.lane <> 'proactive' or r.assignment_id <> all (array(
                select u.assignment_id from rota.nudge u where u.is_failure)))
        order by r.turn, r.run_id limit p_most for update skip locked) n;
    return batch;
end
$$;

-- Of a batch that was picked, what may start as far as its groups go.
create function rota.within_limits(p_picked rota.batch) returns rota.batch
language plpgsql
as $$
declare
    limited tid[] := array(
        select r.ctid from rota.ready r where r.ctid = any (p_picked.places) and r.limits is not null);
begin
    return rota.collect(
        array(select p from unnest(p_picked.places) p where p <> all (limited)) || rota.admit(limited), true);
end
$$;

-- The local times of occurrences, one for all where all are of the same.
create function rota.local_times(p_assignments bigint[], p_dues timestamptz[]) returns text[]
language plpgsql stable
as $$
begin
    if p_assignments[1] = all (p_assignments) and p_dues[1] = all (p_dues) then
        return array[(
            select o.local_time from rota.occurrence o where o.assignment_id = p_assignments[1] and o.due_at = p_dues[1])];
    end if;
    return array(
        select (select o.local_time from rota.occurrence o where o.assignment_id = u.assignment_id and o.due_at = u.due_at)
        from unnest(p_assignments, p_dues) with ordinality u (assignment_id, due_at, place)
        order by u.place);
end
$$;

-- As in v10, with the number of the stream. A worker of one queue, for all clients, needs no search.
create or replace function rota.streams(
    p_worker bigint, p_queues text[], p_lanes text[], p_turns timestamptz[], p_runs bigint[]
) returns table (queue text, client bigint, lane text, turn timestamptz, run bigint)
language plpgsql
as $$
#variable_conflict use_column
declare
    own record;
    place integer;
begin
    perform rota.check_worker(p_worker);
    select w.queues, w.clients into own from rota.worker w where w.id = p_worker;
    if own.clients is null and cardinality(own.queues) = 1 then
        queue := own.queues[1];
        foreach lane in array '{reactive,proactive}'::text[] loop
            place := null;
            for one in 1 .. coalesce(cardinality(p_queues), 0) loop
                if p_queues[one] = queue and p_lanes[one] = lane then
                    place := one;
                end if;
            end loop;
            turn := coalesce(p_turns[place], '-infinity');
            run := coalesce(p_runs[place], 0);
            return next;
            if place is not null then
                turn := '-infinity';
                run := 0;
                return next;
            end if;
        end loop;
        return;
    end if;
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
        from rota.worker w cross join unnest(p_queues, p_lanes) a (queue, lane)
        where w.id = p_worker and w.clients is null and a.queue = any (w.queues)
    ) s
    order by s.lane desc, s.is_again, case when s.has_several then (
        select r.turn from rota.ready r
        where r.is_due and r.stream = rota.stream(s.queue, s.lane) and (r.turn, r.run_id) > (s.turn, s.run)
        order by r.turn, r.run_id limit 1) end nulls last;
end
$$;

-- Takes up to `p_most` runs that may start now, of which up to `p_most_reactive` were asked for by somebody. A row is a lease
-- with all that was taken of one stream, in the order in which it is to be started; the number of an attempt is made of the
-- lease's and of its place. An array has an element for each run, or one for all, or is null where there is none.
--
-- `p_after_…` say, for a queue and a lane, up to where the worker has taken what was there, so that it does not walk
-- again over what is gone. What has come in before that place since is found where too little comes after it, and
-- whenever the caller leaves the place out. `p_look_later` also looks for what has become due since it was put aside.
create function rota.lease(
    p_worker bigint, p_most integer, p_most_reactive integer, p_length interval, p_look_later boolean,
    p_after_queues text[], p_after_lanes text[], p_after_turns timestamptz[], p_after_runs bigint[]
) returns table (
    lease_id bigint, leased_at timestamptz, queue text, lane text, last_turn timestamptz, runs bigint[],
    dues timestamptz[], jobs bigint[], revisions integer[], clients bigint[], client_changes timestamptz[],
    assets bigint[], asset_changes timestamptz[], local_times text[], start_bys timestamptz[], attempts smallint[],
    losses smallint[]
)
language plpgsql
security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
-- What it looks for it finds in the order of an index, and stops: whatever the server knows, or does not, about the table.
set enable_sort = off set enable_bitmapscan = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
declare
    moment timestamptz := rota.now();
    more integer := p_most;
    more_reactive integer := least(p_most, p_most_reactive);
    want integer;
    stream record;
    batch rota.batch;
begin
    perform set_config('rota.verb', 'on', true);
    if p_look_later then
        update rota.ready r set is_due = true
        where r.run_id = any (array(
            select l.run_id from rota.ready l
            where not l.is_due and l.parked is null and l.not_before <= moment
            order by l.not_before limit 1000 for update skip locked));
    end if;
    for stream in
        select * from rota.streams(p_worker, p_after_queues, p_after_lanes, p_after_turns, p_after_runs)
    loop
        want := least(999, case stream.lane when 'reactive' then least(more, more_reactive) else more end);
        continue when want <= 0;
        batch := rota.pick(stream.queue, stream.client, stream.lane, moment, stream.turn, stream.run, want);
        if batch.is_limited then
            batch := rota.within_limits(batch);
        end if;
        continue when batch.places is null;
        more := more - cardinality(batch.places);
        if stream.lane = 'reactive' then
            more_reactive := more_reactive - cardinality(batch.places);
        end if;
        delete from rota.ready r where r.ctid = any (batch.places);
        insert into rota.lease as l
            (id, worker_id, leased_at, expires_at, runs, dues, assignments, start_bys, attempts, losses, is_limited)
        values (nextval('rota.lease_id'), p_worker, moment, moment + p_length, batch.runs, batch.dues,
            batch.assignments, batch.start_bys, batch.attempts, batch.losses, batch.is_limited)
        returning l.id into lease_id;
        leased_at := moment;
        queue := stream.queue;
        lane := stream.lane;
        last_turn := batch.last_turn;
        runs := batch.runs;
        dues := batch.dues;
        jobs := case when batch.jobs[1] = all (batch.jobs) then batch.jobs[1:1] else batch.jobs end;
        revisions := case when batch.revisions[1] = all (batch.revisions) then batch.revisions[1:1] else batch.revisions end;
        clients := case when batch.clients[1] = all (batch.clients) then batch.clients[1:1] else batch.clients end;
        client_changes := array(
            select (select c.changed_at from rota.client c where c.id = u.id)
            from unnest(clients) with ordinality u (id, place) order by u.place);
        assets := batch.assets;
        asset_changes := case when assets is not null then array(
            select (select a.changed_at from rota.asset a where a.id = u.id)
            from unnest(assets) with ordinality u (id, place) order by u.place) end;
        local_times := case when lane = 'proactive' then rota.local_times(batch.assignments, dues) end;
        start_bys := batch.start_bys;
        attempts := batch.attempts;
        losses := batch.losses;
        return next;
    end loop;
    perform set_config('rota.verb', 'off', true);
end
$$;

-- Ends all the attempts of a lease that all ended in the same way, with nothing to say of one alone: the fastest way. Answers
-- false where it is not so, and does nothing then. The caller has locked the lease.
create function rota.end_whole(
    p_lease bigint, p_worker bigint, p_attempts bigint[], p_ended_as text[], p_next text[], p_exit_codes integer[]
) returns boolean
language plpgsql
as $$
declare
    held rota.lease;
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
        and array_position(l.runs, null) is null
        and cardinality(l.runs) = (
            select count(distinct a) from unnest(p_attempts) a where a % 1000 between 1 and cardinality(l.runs));
    if not found then
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

-- Ends attempts after which their runs are done, with no output to keep and nobody who asked to cancel them: the common way.
-- The caller has locked the leases.
create function rota.end_plainly(
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
        select * from rota.lease l where l.id = any (leases) and (p_worker is null or l.worker_id = p_worker)
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

-- As in v19, but that leases are found by their number: without figures about the table the server walked over all of its
-- index, with all that an old snapshot keeps there.
create or replace function rota.end_attempts(
    p_worker bigint, p_attempts bigint[], p_ended_as text[], p_next text[], p_again interval[],
    p_exit_codes integer[], p_messages text[], p_results text[],
    p_heads bytea[], p_tails bytea[], p_lengths bigint[], p_sha256s bytea[]
) returns bigint[]
language plpgsql
-- The table of leases is small, but for what is dead in it.
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare
    leases bigint[] := rota.leases_of(p_attempts);
    ended bigint[];
    counted bigint[];
begin
    perform set_config('rota.verb', 'on', true);
    perform from rota.lease l
    where l.id = any (leases) and (p_worker is null or l.worker_id = p_worker)
    order by l.id for update;
    -- Once they are locked nobody asks to cancel them any more.
    if p_again is null and p_sha256s is null and p_next <@ '{succeeded,failed,cancelled}'
        and not exists (
            select from unnest(leases) o (id)
            join rota.cancel_request c on c.attempt_id between o.id * 1000 and o.id * 1000 + 999)
    then
        if cardinality(leases) = 1 and p_messages is null and p_results is null
            and rota.end_whole(leases[1], p_worker, p_attempts, p_ended_as, p_next, p_exit_codes)
        then
            ended := p_attempts;
        else
            ended := rota.end_plainly(p_worker, p_attempts, p_ended_as, p_next, p_exit_codes, p_messages, p_results);
        end if;
        perform set_config('rota.verb', 'off', true);
        return ended;
    end if;
    with own as materialized (
        select * from rota.lease l where l.id = any (leases) and (p_worker is null or l.worker_id = p_worker)
    ), gone as materialized (
        select o.id as lease_id, o.worker_id, o.leased_at, o.is_limited, u.run_id, u.due_at, u.assignment_id, u.start_by, s.*,
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
            worker_id, ended_as, exit_code, reason, result, actor)
        select g.run_id, g.due_at, g.assignment_id, g.next, g.now, g.leased_at, g.number, g.attempt_id, g.worker_id,
            nullif(g.ended_as, g.next), g.exit_code,
            case when g.next = 'cancelled' and c.reason <> '' then concat_ws('; ', c.reason, g.message) else g.message end,
            g.result::jsonb, c.actor
        from gone g left join rota.cancel_request c on c.attempt_id = g.attempt_id
        where g.next not in ('ready', 'waiting', 'held')
    ), noted as (
        insert into rota.earlier_attempt
            (id, run_id, due_at, number, worker_id, leased_at, ended_at, ended_as, exit_code, message)
        select g.attempt_id, g.run_id, g.due_at, g.number, g.worker_id, g.leased_at, g.now, g.ended_as, g.exit_code,
            g.message
        from gone g where g.next in ('ready', 'waiting', 'held')
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
    ), holds as (
        insert into rota.held (run_id, due_at, assignment_id, hold, why, since, attempts, losses)
        select g.run_id, g.due_at, g.assignment_id, 'unknown', coalesce(g.message, 'nobody knows how it ended'), g.now,
            g.attempts, g.losses
        from gone g where g.next = 'held'
    ), kept as (
        insert into rota.output (attempt_id, due_at, head, tail, length, sha256)
        select g.attempt_id, g.due_at, g.head, g.tail, g.length, g.sha256 from gone g where g.sha256 is not null
    ), answered as (
        delete from rota.cancel_request c using gone g where c.attempt_id = g.attempt_id
    ), -- What was asked for again may need its window looked at, or its reminder repeated.
    wakes as materialized (
        select g.assignment_id, min(
                case when g.ended_as = 'released' and g.again is null then g.start_by
                    else g.now + coalesce(g.again, interval '0') end) as at
        from gone g
        where g.next in ('ready', 'waiting') and g.assignment_id is not null
            and (g.ended_as <> 'released' or g.again is not null or g.start_by is not null)
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
    select array_agg(g.attempt_id), array_agg(g.run_id) filter (where g.is_limited) into ended, counted
    from gone g where (select count(*) from told) >= 0;
    if counted is not null then
        perform rota.leave_groups(counted);
    end if;
    perform set_config('rota.verb', 'off', true);
    return ended;
end
$$;
