-- A worker may look at what has come in after the place up to which it has taken, and at nothing else. To look from the
-- beginning is to walk over all that was taken before and that an old snapshot keeps: each new run made each worker
-- do so. `p_look_everywhere` was `p_look_later`, and said so of runs that were put aside alone.

drop function rota.lease, rota.streams;

-- As in v21. `p_again` has each queue and lane of which a place is given looked at a second time, from the beginning.
create function rota.streams(
    p_worker bigint, p_queues text[], p_lanes text[], p_turns timestamptz[], p_runs bigint[], p_again boolean
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
            if place is not null and p_again then
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
        where p_again and w.id = p_worker and w.clients is null and a.queue = any (w.queues)
    ) s
    order by s.lane desc, s.is_again, case when s.has_several then (
        select r.turn from rota.ready r
        where r.is_due and r.stream = rota.stream(s.queue, s.lane) and (r.turn, r.run_id) > (s.turn, s.run)
        order by r.turn, r.run_id limit 1) end nulls last;
end
$$;

-- As in v21: takes up to `p_most` runs that may start now, of which up to `p_most_reactive` were asked for by somebody. A row is
-- a lease with all that was taken of one stream, in the order in which it is to be started; the number of an attempt is
-- made of the lease's and of its place. An array has an element for each run, or one for all, or is null where there is none.
--
-- `p_after_…` say, for a queue and a lane, up to where the worker has taken what was there, so that it does not walk
-- again over what is gone. With `p_look_everywhere` also is found, where too little comes after that place, what has come
-- in before it since, and what has become due since it was put aside.
create function rota.lease(
    p_worker bigint, p_most integer, p_most_reactive integer, p_length interval, p_look_everywhere boolean,
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
    if p_look_everywhere then
        update rota.ready r set is_due = true
        where r.run_id = any (array(
            select l.run_id from rota.ready l
            where not l.is_due and l.parked is null and l.not_before <= moment
            order by l.not_before limit 1000 for update skip locked));
    end if;
    for stream in
        select * from rota.streams(
            p_worker, p_after_queues, p_after_lanes, p_after_turns, p_after_runs, p_look_everywhere)
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
