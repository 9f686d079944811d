-- After a failure that may stop a rollout, or pause a job, nobody takes another run of that assignment before a scheduler has
-- looked: the end of a run makes room for the next, and a worker takes that in the same transaction.

alter table rota.nudge add column is_failure boolean not null default false;

create index nudge_of_failure on rota.nudge (assignment_id) where is_failure;

-- Whether a run's failure decides about others: it is part of a watched rollout, or its job pauses on failure.
create function rota.failure_decides(p_run bigint, p_due timestamptz) returns boolean
language sql stable
as $$
    select r.ring is not null or coalesce(v.definition @> '{"pauseOnFailure": true}', false)
    from rota.run r
    join rota.job_revision v on v.job_id = r.job_id and v.revision = r.revision
    where r.id = p_run and r.due_at = p_due
$$;

create or replace function rota.nudge_watchers() returns trigger
language plpgsql
as $$
begin
    if not exists (select from rota.watch) then
        return null;
    end if;
    insert into rota.nudge (assignment_id, is_failure)
    select w.id, bool_or(e.decides and h.job_id = h.watcher_id)
    from (
        select d.assignment_id, bool_or(d.state = 'failed' and rota.failure_decides(d.run_id, d.due_at)) as decides
        from arrived d where d.assignment_id is not null group by d.assignment_id offset 0
    ) e
    join rota.assignment a on a.id = e.assignment_id
    join rota.watch h on h.job_id = a.job_id
    join rota.assignment w
        on w.job_id = h.watcher_id and w.removed_at is null and (h.across_clients or w.client_id = a.client_id)
    group by w.id;
    if found then
        perform pg_notify('rota_plan', '');
    end if;
    return null;
end
$$;

-- As before, and tells workers that what a failure has kept from them may be there to take.
create or replace function rota.heed_nudges() returns bigint
language plpgsql
as $$
declare
    heeded bigint;
    failed bigint[];
begin
    if not exists (select from rota.nudge) then
        return 0;
    end if;
    with wanted as materialized (
        select a.id, a.removed_at from rota.assignment a
        where a.id = any (array(select distinct n.assignment_id from rota.nudge n))
        order by a.id for no key update skip locked
    ), gone as (
        delete from rota.nudge n using wanted w where n.assignment_id = w.id
        returning n.assignment_id, n.is_failure
    ), woken as (
        update rota.assignment a set wake_at = least(a.wake_at, rota.now()) from wanted w
        where a.id = w.id and w.removed_at is null
        returning a.id
    )
    select (select count(*) from woken), array(select distinct g.assignment_id from gone g where g.is_failure)
    into heeded, failed;
    if cardinality(failed) > 0 then
        perform pg_notify('rota_ready', q.queue)
        from (select distinct r.queue from rota.ready r where r.assignment_id = any (failed)) q;
    end if;
    return heeded;
end
$$;

-- Up to `p_most` rows of `ready` that may start now, locked, in their order, each after the given place, but none of what a
-- failure may stop, until a scheduler has looked; `limited` are those of them that count in groups. The nudges are read
-- in the same statement, so that no run is seen that a failure has made room for, without that failure.
create or replace function rota.pick(
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
                and (r.assignment_id is null or r.lane <> 'proactive' or r.assignment_id <> all (array(
                    select u.assignment_id from rota.nudge u where u.is_failure)))
            order by r.turn, r.run_id limit p_most for update skip locked) n;
    else
        select array_agg(n.place), array_agg(n.place) filter (where n.limits is not null) into picked, limited
        from (
            select r.ctid as place, r.limits from rota.ready r
            where r.is_due and r.client_id = p_client and r.queue = p_queue and r.lane = p_lane
                and (r.turn, r.run_id) > (p_turn, p_run)
                and r.not_before <= p_now and (r.start_by is null or r.start_by > p_now)
                and (r.assignment_id is null or r.lane <> 'proactive' or r.assignment_id <> all (array(
                    select u.assignment_id from rota.nudge u where u.is_failure)))
            order by r.turn, r.run_id limit p_most for update skip locked) n;
    end if;
end
$$;
