-- Workers that take of one stream walked over what the others had taken since they looked last: the more, the more workers. A lease
-- says up to where its worker had come, and whoever goes on from a place goes on after the farthest.
-- What stands before it, as what came in late, is found by the looks from the beginning, as it was behind a worker's own place.
alter table rota.lease
    -- Of what was taken for all clients; a worker that is bound to some leaves those of the others behind.
    add column stream bigint,
    add column last_turn timestamptz,
    add column last_run bigint;
create index lease_by_place on rota.lease (stream, last_turn, last_run) where stream is not null;

-- As in v21, but that from a place on rows are left out that a transaction still holds, or has let go of since the oldest that goes
-- on began: another worker is just taking them, and to find that out by trying asks the lock manager twice for each. Nobody locks
-- these rows to share them, so what stands in xmax is a transaction.
create or replace function rota.pick(
    p_queue text, p_client bigint, p_lane text, p_now timestamptz, p_turn timestamptz, p_run bigint, p_most integer
) returns rota.batch
language plpgsql
as $$
declare
    own bigint := rota.stream(p_queue, p_lane);
    settled integer := age(pg_snapshot_xmin(pg_current_snapshot())::xid);
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
            and (p_run = 0 or age(r.xmax) > settled)
            and r.not_before <= p_now and (r.start_by is null or r.start_by > p_now)
            and (r.assignment_id is null or r.lane <> 'proactive' or r.assignment_id <> all (array(
                select u.assignment_id from rota.nudge u where u.is_failure)))
        order by r.turn, r.run_id limit p_most for update skip locked) n;
    return batch;
end
$$;

-- As in v24, but for that. Of leases only those of the last second: a long run of low priority, whose turn came late, would have all
-- look behind what came in since for as long as it goes on. Where many such are at work none of them is walked over for long: each
-- worker then goes on from its own place.
create or replace function rota.lease(
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
    own bigint;
    place record;
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
        own := case when stream.client is null then rota.stream(stream.queue, stream.lane) end;
        if own is not null and stream.turn > '-infinity' then
            select l.last_turn, l.last_run into place
            from (
                select l.last_turn, l.last_run, l.leased_at from rota.lease l
                where l.stream = own and (l.last_turn, l.last_run) > (stream.turn, stream.run)
                order by l.last_turn desc, l.last_run desc limit 16) l
            where l.leased_at > moment - interval '1 second' limit 1;
            if found then
                stream.turn := place.last_turn;
                stream.run := place.last_run;
            end if;
        end if;
        batch := rota.pick(stream.queue, stream.client, stream.lane, moment, stream.turn, stream.run, want);
        if batch.is_limited then
            batch := rota.within_limits(batch);
            -- It may have waited for one who just ended a run of the same group: what it takes begins after that.
            moment := rota.now();
        end if;
        continue when batch.places is null;
        more := more - cardinality(batch.places);
        if stream.lane = 'reactive' then
            more_reactive := more_reactive - cardinality(batch.places);
        end if;
        delete from rota.ready r where r.ctid = any (batch.places);
        insert into rota.lease as l
            (id, worker_id, leased_at, expires_at, runs, dues, assignments, start_bys, attempts, losses, is_limited, stream,
                last_turn, last_run)
        values (nextval('rota.lease_id'), p_worker, moment, moment + p_length, batch.runs, batch.dues,
            batch.assignments, batch.start_bys, batch.attempts, batch.losses, batch.is_limited, own,
            batch.last_turn, batch.runs[cardinality(batch.runs)])
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
