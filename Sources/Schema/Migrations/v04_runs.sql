-- A run's own row never changes once it is planned; where the run stands is a narrow row in the table of
-- that place: held, ready, leased, waiting or done. v05 holds that it stands in exactly one of them.

create table rota.occurrence (
    id            bigint generated always as identity primary key,
    assignment_id bigint not null references rota.assignment (id),
    due_at        timestamptz not null,
    local_time    text not null,
    zone          text not null,
    revision      integer not null,
    planned_at    timestamptz not null,
    unique (assignment_id, due_at)
);

create table rota.run (
    id            bigint generated always as identity primary key,
    assignment_id bigint references rota.assignment (id),
    occurrence_id bigint references rota.occurrence (id),
    job_id        bigint not null,
    revision      integer not null,
    client_id     bigint not null references rota.client (id),
    asset_id      bigint references rota.asset (id),
    lane          text not null check (lane in ('proactive', 'reactive')),
    queue         text not null,
    priority      smallint not null check (priority between 0 and 100),
    due_at        timestamptz not null,
    due_by        timestamptz,
    retry_of      bigint references rota.run (id),
    made_at       timestamptz not null,
    made_by       text,
    foreign key (job_id, revision) references rota.job_revision (job_id, revision),
    -- Proactive runs come from an occurrence; the others were asked for by somebody.
    check ((lane = 'proactive') = (occurrence_id is not null)),
    check ((lane = 'reactive') = (made_by is not null))
);

create unique index one_run_a_target_and_moment
    on rota.run (assignment_id, asset_id, due_at) nulls not distinct
    where occurrence_id is not null;

-- For "has a later run of the job on that target succeeded?", reactive runs included.
create index run_of_target on rota.run (assignment_id, asset_id, due_at);

create table rota.worker (
    id         bigint generated always as identity primary key,
    name       text not null,
    instance   text not null unique,
    host       text not null,
    queues     text[] not null,
    clients    text[],
    slots      integer not null check (slots >= 1),
    reserve    integer not null check (reserve between 0 and slots),
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    ended_at   timestamptz
);

create index worker_alive on rota.worker (seen_at) where ended_at is null;

create table rota.held (
    run_id        bigint primary key,
    assignment_id bigint,
    hold          text not null,
    why           text not null,
    since         timestamptz not null,
    look_at       timestamptz,
    attempts      smallint not null default 0,
    losses        smallint not null default 0
);

create index held_of_assignment on rota.held (assignment_id) where assignment_id is not null;

create table rota.ready (
    run_id        bigint primary key,
    assignment_id bigint,
    client_id     bigint not null,
    queue         text not null,
    lane          text not null,
    priority      smallint not null,
    not_before    timestamptz not null,
    start_by      timestamptz,
    since         timestamptz not null,
    attempts      smallint not null default 0,
    losses        smallint not null default 0
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

create index ready_to_lease on rota.ready (queue, lane, priority desc, not_before, run_id);
create index ready_of_assignment on rota.ready (assignment_id) where assignment_id is not null;

create sequence rota.attempt_id as bigint;

-- The attempt's id is the lease's token. `attempts` and `losses` count those before this one.
create table rota.leased (
    attempt_id    bigint primary key,
    run_id        bigint not null unique,
    assignment_id bigint,
    worker_id     bigint not null references rota.worker (id),
    leased_at     timestamptz not null,
    expires_at    timestamptz not null,
    start_by      timestamptz,
    attempts      smallint not null,
    losses        smallint not null,
    cancel_at     timestamptz,
    cancel_by     text,
    cancel_reason text,
    check (expires_at > leased_at),
    check ((cancel_at is null) = (cancel_by is null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

create index leased_of_assignment on rota.leased (assignment_id) where assignment_id is not null;
create index leased_by_expiry on rota.leased (expires_at);

-- For a person: a task to complete, or a reminder to acknowledge (`look_at`: when it is repeated).
create table rota.waiting (
    run_id        bigint primary key,
    assignment_id bigint,
    waits_for     text not null check (waits_for in ('task', 'acknowledgement')),
    assignee      text,
    checklist     jsonb,
    since         timestamptz not null,
    look_at       timestamptz,
    attempts      smallint not null default 0,
    losses        smallint not null default 0
);

create index waiting_of_assignment on rota.waiting (assignment_id) where assignment_id is not null;

create table rota.done (
    run_id      bigint primary key,
    state       text not null check (state in ('succeeded', 'failed', 'missed', 'cancelled', 'skipped')),
    finished_at timestamptz not null,
    started_at  timestamptz,
    attempts    smallint not null,
    attempt_id  bigint,
    worker_id   bigint,
    exit_code   integer,
    reason      text,
    result      jsonb,
    actor       text
);

create index done_lately on rota.done (finished_at desc, run_id desc);
create index done_without_success on rota.done (run_id) where state <> 'succeeded';

-- Every attempt that has ended, the last of a run included.
create table rota.attempt (
    id         bigint primary key,
    run_id     bigint not null references rota.run (id),
    number     smallint not null,
    worker_id  bigint not null references rota.worker (id),
    leased_at  timestamptz not null,
    ended_at   timestamptz not null,
    ended_as   text not null
        check (ended_as in ('succeeded', 'failed', 'timedOut', 'cancelled', 'released', 'lost')),
    exit_code  integer,
    message    text
);

create index attempt_of_run on rota.attempt (run_id);

create table rota.output (
    attempt_id bigint primary key references rota.attempt (id),
    head       bytea not null check (octet_length(head) <= 65536),
    tail       bytea not null check (octet_length(tail) <= 65536),
    length     bigint not null check (length >= octet_length(head) + octet_length(tail)),
    sha256     bytea not null check (octet_length(sha256) = 32)
);

create table rota.evidence (
    id       bigint generated always as identity primary key,
    run_id   bigint not null references rota.run (id),
    name     text not null,
    content  bytea not null check (octet_length(content) <= 16777216),
    sha256   bytea not null check (sha256 = sha256(content)),
    actor    text not null,
    added_at timestamptz not null
);

create index evidence_of_run on rota.evidence (run_id);

create table rota.finding (
    id            bigint generated always as identity primary key,
    assignment_id bigint not null references rota.assignment (id),
    asset_id      bigint references rota.asset (id),
    key           text not null,
    severity      text not null check (severity in ('info', 'warning', 'critical')),
    text          text not null,
    first_run     bigint not null references rota.run (id),
    last_run      bigint not null references rota.run (id),
    found_at      timestamptz not null,
    seen_at       timestamptz not null,
    closed_at     timestamptz,
    closed_by     text
);

create unique index one_open_finding on rota.finding (assignment_id, asset_id, key) nulls not distinct
    where closed_at is null;
