-- Fleets: rings and what stops a rollout, jobs that wait for others, pauses of more than a job, a person's word against a
-- freeze.

-- `ring`: the place of its ring, from 0, where its job's rollout is watched. `overrides_freeze`: a person wants it in spite
-- of freezes and excepted days.
alter table rota.run
    add column ring smallint check (ring >= 0),
    add column overrides_freeze boolean check (overrides_freeze is null or lane = 'reactive');

-- How far a rollout has come is counted from the runs of its occurrence.
create index run_of_rollout on rota.run (assignment_id, due_at) where ring is not null;

-- For `pauseOnFailure`; what succeeds is not in it.
create index done_failed on rota.done (assignment_id, finished_at) where state = 'failed';

create index assignment_of_client on rota.assignment (client_id);

-- The end of a run of `job_id` may open a gate of runs of `watcher_id`: at the same client, or at all.
create table rota.watch (
    job_id         bigint not null references rota.job (id),
    watcher_id     bigint not null references rota.job (id),
    across_clients boolean not null,
    primary key (job_id, watcher_id)
);

-- Assignments that are to be looked at. Who ends a run says so here and waits for nobody; who plans takes it from here, and
-- looks afterwards, so that nothing is passed over.
create table rota.nudge (
    assignment_id bigint not null
);

create index nudge_of_assignment on rota.nudge (assignment_id);

-- By a trigger on history, so that no way of ending a run can forget it.
create function rota.nudge_watchers() returns trigger
language plpgsql
as $$
begin
    if not exists (select from rota.watch) then
        return null;
    end if;
    insert into rota.nudge (assignment_id)
    select distinct w.id
    from (select distinct d.assignment_id from arrived d where d.assignment_id is not null offset 0) e
    join rota.assignment a on a.id = e.assignment_id
    join rota.watch h on h.job_id = a.job_id
    join rota.assignment w
        on w.job_id = h.watcher_id and w.removed_at is null and (h.across_clients or w.client_id = a.client_id);
    if found then
        perform pg_notify('rota_plan', '');
    end if;
    return null;
end
$$;

create trigger watched after insert on rota.done referencing new table as arrived
    for each statement execute function rota.nudge_watchers();

-- Has what was nudged looked at. An assignment that somebody else is planning is left for the next look.
create function rota.heed_nudges() returns bigint
language plpgsql
as $$
declare
    heeded bigint;
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
    ), woken as (
        update rota.assignment a set wake_at = least(a.wake_at, rota.now()) from wanted w
        where a.id = w.id and w.removed_at is null
        returning a.id
    )
    select count(*) into heeded from woken;
    return heeded;
end
$$;

-- What happened to rollouts: a scheduler stopped one, a person let it go on or ended it. `scope` is `job/client/moment`, or
-- `job/*/local time` over all clients. `forgiven` and `passed` are the failures so far, and the rings without success, that
-- the person let pass.
create table rota.rollout_event (
    id        bigint generated always as identity primary key,
    scope     text not null,
    job_id    bigint not null references rota.job (id),
    client_id bigint references rota.client (id),
    due_at    timestamptz not null,
    event     text not null check (event in ('stopped', 'resumed', 'aborted')),
    at        timestamptz not null,
    actor     text not null,
    why       text not null,
    forgiven  integer not null default 0,
    passed    smallint[] not null default '{}'
);

create index rollout_event_of_scope on rota.rollout_event (scope, id);
create index rollout_event_of_job on rota.rollout_event (job_id, id);

create trigger events_stay before update or delete or truncate on rota.rollout_event
    for each statement execute function rota.refuse_change();

-- A pause holds what fits all that it names: a job, a client, an asset, a label.
alter table rota.pause
    alter column job_id drop not null,
    add column client_id bigint references rota.client (id),
    add column asset_id bigint references rota.asset (id),
    add column label_key text,
    add column label_value text,
    add check (num_nonnulls(job_id, client_id, asset_id, label_key) >= 1),
    add check ((label_key is null) = (label_value is null));

create index pause_of_job on rota.pause (job_id);
drop index rota.one_pause_a_job;
create unique index one_pause_a_subject on rota.pause (job_id, client_id, asset_id, label_key, label_value)
    nulls not distinct where resumed_at is null;

-- Schedulers do not change what people say; this alone they do, where the job says so.
create function rota.pause_on_failure(p_assignment bigint, p_reason text) returns void
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
begin
    update rota.pause p set resumed_at = p.until, resumed_by = p.actor
    from rota.assignment a
    where a.id = p_assignment and p.job_id = a.job_id and p.client_id = a.client_id and p.asset_id is null
        and p.label_key is null and p.resumed_at is null and p.until <= rota.now();
    insert into rota.pause (job_id, client_id, reason, actor, since)
    select a.job_id, a.client_id, p_reason, 'rota', rota.now() from rota.assignment a where a.id = p_assignment
    on conflict do nothing;
end
$$;

-- As in v14; what is put off, or handed back with a last start, has its assignment looked at when that has come: a scheduler
-- may have looked while it was at work, when there was nothing to wake for.
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

create or replace function rota.grant_to_roles() returns void
language plpgsql
as $$
declare
    reading text;
begin
    perform rota.grant_to_role('rota_worker', array['select on rota.migration', 'execute on function rota.now(),
        rota.register_worker, rota.end_worker, rota.lease, rota.renew, rota.drain_asked, rota.finish, rota.release,
        rota.particulars']);
    select 'execute on function ' || string_agg(p.oid::regprocedure::text, ', ') into reading
    from pg_proc p
    where p.pronamespace = 'rota'::regnamespace and (p.provolatile <> 'v' or p.proname = 'now');
    perform rota.grant_to_role('rota_viewer', array['select on all tables in schema rota', reading]);
    perform rota.grant_to_role('rota_scheduler', array['select on all tables in schema rota', reading,
        'usage on all sequences in schema rota', 'execute on all functions in schema rota',
        'insert on rota.rollout_event',
        rota.rights_to_tables('insert, update, delete', '{migration,client,calendar,window,asset,job,job_revision,
            pause,act,worker_login,evidence,watch,rollout_event}')]);
    perform rota.grant_to_role('rota_admin', array['select on all tables in schema rota',
        'usage on all sequences in schema rota', 'execute on all functions in schema rota',
        'insert on rota.act, rota.job_revision, rota.rollout_event',
        rota.rights_to_tables('insert, update, delete', '{migration,act,job_revision,rollout_event}')]);
end
$$;
