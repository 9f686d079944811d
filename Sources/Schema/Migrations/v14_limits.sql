-- Limits: how many runs of a group may be at work at once. A run names its groups when it is made; it counts in them from its
-- lease to the end of its attempt. A worker takes a run only with its groups locked and counted in a later statement;
-- what finds one full is parked, where nobody walks over it, until somebody leaves the group. What has no groups is taken
-- as before.

create table rota.limit_group (
    id   bigint generated always as identity primary key,
    key  text not null unique,
    most integer check (most >= 1) -- null: as many as there are
);

create table rota.limit_use (
    run_id   bigint not null,
    group_id bigint not null references rota.limit_group (id),
    primary key (run_id, group_id)
) with (autovacuum_vacuum_scale_factor = 0.02);

create index limit_use_of_group on rota.limit_use (group_id);

alter table rota.run add column limits bigint[] check (cardinality(limits) > 0);

-- `parked` is the group that was full when the run was to be taken; such a run is not `is_due`.
alter table rota.ready
    add column limits bigint[],
    add column parked bigint,
    add check (parked is null or not is_due);

create index ready_parked on rota.ready (parked, turn, run_id) where parked is not null;
drop index rota.ready_later;
create index ready_later on rota.ready (not_before) where not is_due and parked is null;

-- Whether one of its runs counts in a group.
alter table rota.lease add column is_limited boolean not null default false;

-- A run whose last attempt was lost, and which must not be done twice, is a person's to decide about.
alter table rota.held add check (hold <> 'unknown' or look_at is null);

create or replace function rota.as_ready(
    r rota.run, p_now timestamptz, p_not_before timestamptz, p_start_by timestamptz, p_attempts smallint,
    p_losses smallint
) returns setof rota.ready
language sql stable rows 1
as $$
    select r.id, r.due_at, r.assignment_id, r.job_id, r.revision, r.client_id, r.asset_id, r.queue, r.lane,
        r.priority, p_not_before, p_start_by, p_now, rota.turn(p_not_before, r.priority), p_not_before <= p_now,
        p_attempts, p_losses, r.limits, null::bigint
$$;

-- How many more runs may be at work in each of these groups, which the caller has locked, in their order.
create function rota.room_in(p_groups bigint[]) returns bigint[]
language plpgsql
as $$
begin
    return array(
        select coalesce(g.most, 2147483647) - (select count(*) from rota.limit_use u where u.group_id = g.id)
        from unnest(p_groups) with ordinality n (id, place) join rota.limit_group g on g.id = n.id
        order by n.place);
end
$$;

-- Of runs that a worker is about to take, and which are locked, those for which there is room, counted in from now on.
-- What finds a group full is parked. A group that another worker has locked is not waited for: its runs stay as they are.
create function rota.admit(p_picked tid[]) returns tid[]
language plpgsql
as $$
declare
    groups bigint[] := array(
        select distinct g from rota.ready r cross join unnest(r.limits) g where r.ctid = any (p_picked));
    room bigint[];
    places integer[];
    admitted tid[] := '{}';
    full_at integer;
    one record;
begin
    groups := array(select g.id from rota.limit_group g where g.id = any (groups) order by g.id for update skip locked);
    room := rota.room_in(groups);
    for one in
        select r.ctid as place, r.run_id, r.limits from rota.ready r
        where r.ctid = any (p_picked) order by r.turn, r.run_id
    loop
        places := array(select array_position(groups, g) from unnest(one.limits) g);
        continue when array_position(places, null) is not null;
        full_at := (select p from unnest(places) p where room[p] <= 0 limit 1);
        if full_at is not null then
            update rota.ready set is_due = false, parked = groups[full_at] where run_id = one.run_id;
        else
            insert into rota.limit_use (run_id, group_id) select one.run_id, g from unnest(one.limits) g;
            for full_at in select unnest(places) loop
                room[full_at] := room[full_at] - 1;
            end loop;
            admitted := admitted || one.place;
        end if;
    end loop;
    return admitted;
end
$$;

-- Has the first of the parked runs looked at again, as many as there is room for. The caller has locked the groups.
create function rota.unpark(p_groups bigint[]) returns void
language plpgsql
as $$
declare
    queues text[];
begin
    with free as (
        update rota.ready r set parked = null, is_due = r.not_before <= rota.now()
        where r.run_id = any (array(
            select n.run_id
            from unnest(p_groups, rota.room_in(p_groups)) g (id, room)
            cross join lateral (
                select p.run_id from rota.ready p where p.parked = g.id
                order by p.turn, p.run_id limit greatest(g.room, 0)) n))
        returning r.queue
    )
    select array_agg(distinct queue) into queues from free;
    perform pg_notify('rota_ready', q) from unnest(queues) q;
end
$$;

-- These runs count in no group any more.
create function rota.leave_groups(p_runs bigint[]) returns void
language plpgsql
as $$
declare
    groups bigint[] := array(select distinct u.group_id from rota.limit_use u where u.run_id = any (p_runs));
begin
    perform 1 from rota.limit_group g where g.id = any (groups) order by g.id for update;
    delete from rota.limit_use where run_id = any (p_runs);
    perform rota.unpark(groups);
end
$$;

-- How many may be at work at once in these groups, from now on.
create function rota.set_limits(p_keys text[], p_most integer[]) returns void
language plpgsql
as $$
declare
    changed bigint[];
begin
    perform 1 from rota.limit_group g join unnest(p_keys, p_most) n (key, most) on n.key = g.key
    where g.most is distinct from n.most order by g.id for update of g;
    with other as (
        update rota.limit_group g set most = n.most
        from unnest(p_keys, p_most) n (key, most)
        where g.key = n.key and g.most is distinct from n.most
        returning g.id
    )
    select array_agg(id) into changed from other;
    if changed is not null then
        perform rota.unpark(changed);
    end if;
end
$$;

drop function rota.pick;

-- Up to `p_most` rows of `ready` that may start now, locked, in their order, each after the given place; `limited` are those
-- of them that count in groups.
create function rota.pick(
    p_queue text, p_client bigint, p_lane text, p_now timestamptz, p_turn timestamptz, p_run bigint, p_most integer,
    out picked tid[], out limited tid[]
)
language plpgsql
as $$
begin
    if p_client is null then
        select array_agg(n.place), array_agg(n.place) filter (where n.limits is not null) into picked, limited
        from (
            select r.ctid as place, r.limits from rota.ready r
            where r.is_due and r.queue = p_queue and r.lane = p_lane and (r.turn, r.run_id) > (p_turn, p_run)
                and r.not_before <= p_now and (r.start_by is null or r.start_by > p_now)
            order by r.turn, r.run_id limit p_most for update skip locked) n;
    else
        select array_agg(n.place), array_agg(n.place) filter (where n.limits is not null) into picked, limited
        from (
            select r.ctid as place, r.limits from rota.ready r
            where r.is_due and r.client_id = p_client and r.queue = p_queue and r.lane = p_lane
                and (r.turn, r.run_id) > (p_turn, p_run)
                and r.not_before <= p_now and (r.start_by is null or r.start_by > p_now)
            order by r.turn, r.run_id limit p_most for update skip locked) n;
    end if;
end
$$;

create or replace function rota.lease(
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
    limited tid[];
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
        select p.picked, p.limited into picked, limited
        from rota.pick(stream.queue, stream.client, stream.lane, moment, stream.turn, stream.run, want) p;
        if limited is not null then
            picked := array(select t from unnest(picked) t where t <> all (limited)) || rota.admit(limited);
        end if;
        continue when picked is null or cardinality(picked) = 0;
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
                (id, worker_id, leased_at, expires_at, runs, dues, assignments, start_bys, attempts, losses,
                is_limited)
            select nextval('rota.lease_id'), p_worker, moment, moment + p_length, array_agg(p.run_id),
                array_agg(p.due_at),
                case when count(p.assignment_id) > 0 then array_agg(p.assignment_id) end,
                case when count(p.start_by) > 0 then array_agg(p.start_by) end,
                case when max(p.attempts) > 0 then array_agg(p.attempts) end,
                case when max(p.losses) > 0 then array_agg(p.losses) end, limited is not null
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

-- As in v06; a run whose next place is `held` is for a person to decide about, as nobody knows how its attempt ended.
create or replace function rota.end_attempts(
    p_worker bigint, p_attempts bigint[], p_ended_as text[], p_next text[], p_again interval[],
    p_exit_codes integer[], p_messages text[], p_results text[],
    p_heads bytea[], p_tails bytea[], p_lengths bigint[], p_sha256s bytea[]
) returns bigint[]
language plpgsql
as $$
declare
    leases bigint[] := rota.leases_of(p_attempts);
    ended bigint[];
    counted bigint[];
begin
    perform set_config('rota.verb', 'on', true);
    with own as materialized (
        select * from rota.lease l
        where l.id = any (leases) and (p_worker is null or l.worker_id = p_worker)
        order by l.id for update
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
    select array_agg(g.attempt_id), array_agg(g.run_id) filter (where g.is_limited) into ended, counted
    from gone g where (select count(*) from told) >= 0;
    if counted is not null then
        perform rota.leave_groups(counted);
    end if;
    perform set_config('rota.verb', 'off', true);
    return ended;
end
$$;
