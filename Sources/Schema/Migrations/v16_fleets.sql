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
