-- A run's own row never changes once it is planned; where the run stands is a narrow row in the table of
-- that place: held, ready, leased, waiting or done. v05 holds that it stands in exactly one of them.
--
-- All that is kept of a run lies in the month in which it was due (v08), so every table of it has `due_at`: with it
-- a run is found in one partition, without it in any of them. Nothing refers to a run by a foreign key: months are
-- dropped as a whole, and definitions are never deleted (v02).

create table rota.occurrence (
    assignment_id bigint not null,
    due_at        timestamptz not null,
    local_time    text not null,
    zone          text not null,
    revision      integer not null,
    planned_at    timestamptz not null,
    primary key (assignment_id, due_at)
) partition by range (due_at);

create sequence rota.run_id as bigint;

create table rota.run (
    id            bigint not null default nextval('rota.run_id'),
    assignment_id bigint,
    job_id        bigint not null,
    revision      integer not null,
    client_id     bigint not null,
    asset_id      bigint,
    lane          text not null check (lane in ('proactive', 'reactive')),
    queue         text not null,
    priority      smallint not null check (priority between 0 and 100),
    due_at        timestamptz not null,
    due_by        timestamptz,
    retry_of      bigint,
    made_at       timestamptz not null,
    made_by       text,
    primary key (id, due_at),
    -- Proactive runs come from an occurrence of an assignment; the others were asked for by somebody.
    check (lane = 'reactive' or assignment_id is not null),
    check ((lane = 'reactive') = (made_by is not null))
) partition by range (due_at);

create unique index one_run_a_target_and_moment
    on rota.run (assignment_id, asset_id, due_at) nulls not distinct
    where lane = 'proactive';

-- For "has a later run of the job on that target succeeded?", reactive runs included.
create index run_of_target on rota.run (assignment_id, asset_id, due_at) where assignment_id is not null;

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
    due_at        timestamptz not null,
    assignment_id bigint,
    hold          text not null,
    why           text not null,
    since         timestamptz not null,
    look_at       timestamptz,
    attempts      smallint not null default 0,
    losses        smallint not null default 0
);

create index held_of_assignment on rota.held (assignment_id) where assignment_id is not null;

-- The columns of the run that a worker needs stand here too, so that leasing does not have to read its row.
-- `turn` is the order in which runs are taken. What may not start yet is not `is_due` and stands in an index of its
-- own, so that however much waits for later, those that look for work do not walk over it.
create table rota.ready (
    run_id        bigint primary key,
    due_at        timestamptz not null,
    assignment_id bigint,
    job_id        bigint not null,
    revision      integer not null,
    client_id     bigint not null,
    asset_id      bigint,
    queue         text not null,
    lane          text not null,
    priority      smallint not null,
    not_before    timestamptz not null,
    start_by      timestamptz,
    since         timestamptz not null,
    turn          timestamptz not null,
    is_due        boolean not null,
    attempts      smallint not null default 0,
    losses        smallint not null default 0
) with (autovacuum_vacuum_scale_factor = 0.02);

create index ready_by_turn on rota.ready (queue, lane, turn, run_id) where is_due;
-- For workers that are bound to some clients.
create index ready_of_client_by_turn on rota.ready (client_id, queue, lane, turn, run_id) where is_due;
create index ready_later on rota.ready (not_before) where not is_due;
create index ready_of_assignment on rota.ready (assignment_id) where assignment_id is not null;

-- Older work goes first, and a point of priority counts as five minutes of age: so nothing starves, and the order of
-- two runs never changes while they wait.
create function rota.turn(p_not_before timestamptz, p_priority smallint) returns timestamptz
language sql stable parallel safe
as $$ select p_not_before - p_priority * interval '5 minutes' $$;

-- The row with which a run stands in ready.
create function rota.as_ready(
    r rota.run, p_now timestamptz, p_not_before timestamptz, p_start_by timestamptz, p_attempts smallint,
    p_losses smallint
) returns setof rota.ready
language sql stable rows 1
as $$
    select r.id, r.due_at, r.assignment_id, r.job_id, r.revision, r.client_id, r.asset_id, r.queue, r.lane,
        r.priority, p_not_before, p_start_by, p_now, rota.turn(p_not_before, r.priority), p_not_before <= p_now,
        p_attempts, p_losses
$$;

create sequence rota.lease_id as bigint;

-- What a worker took at once is one row, however many runs there are in it; the arrays have an element for each. A
-- run that has ended is null in `runs`. The number of an attempt, the lease's token, is made of the lease's and of the
-- place in it. An array is null where all of its elements would be (`attempts` and `losses`: 0).
create table rota.lease (
    id          bigint primary key,
    worker_id   bigint not null references rota.worker (id),
    leased_at   timestamptz not null,
    expires_at  timestamptz not null,
    runs        bigint[] not null,
    dues        timestamptz[] not null,
    assignments bigint[],
    start_bys   timestamptz[],
    attempts    smallint[],
    losses      smallint[],
    check (expires_at > leased_at),
    check (cardinality(runs) between 1 and 999)
) with (autovacuum_vacuum_scale_factor = 0.02);

create index lease_by_expiry on rota.lease (expires_at);

create function rota.attempt_number(p_lease bigint, p_place bigint) returns bigint
language sql immutable parallel safe
as $$ select p_lease * 1000 + p_place $$;

-- The leases in which these attempts are.
create function rota.leases_of(p_attempts bigint[]) returns bigint[]
language sql immutable parallel safe
as $$ select array_agg(distinct a / 1000) from unnest(p_attempts) a $$;

create table rota.cancel_request (
    attempt_id bigint primary key,
    asked_at   timestamptz not null,
    actor      text not null,
    reason     text
);

-- The runs that workers have in hand. `attempts` and `losses` count those before this one.
create view rota.leased as
select rota.attempt_number(l.id, u.place) as attempt_id, u.run_id, u.due_at, u.assignment_id, l.worker_id,
    l.leased_at, l.expires_at, u.start_by, coalesce(u.attempts, 0::smallint) as attempts,
    coalesce(u.losses, 0::smallint) as losses, c.asked_at as cancel_at, c.actor as cancel_by,
    c.reason as cancel_reason
from rota.lease l
cross join lateral unnest(l.runs, l.dues, l.assignments, l.start_bys, l.attempts, l.losses) with ordinality
    as u (run_id, due_at, assignment_id, start_by, attempts, losses, place)
left join rota.cancel_request c on c.attempt_id = rota.attempt_number(l.id, u.place)
where u.run_id is not null;

-- For a person: a task to complete, or a reminder to acknowledge (`look_at`: when it is repeated).
create table rota.waiting (
    run_id        bigint primary key,
    due_at        timestamptz not null,
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

-- With the last attempt, where there was one; `ended_as` is how that ended, where it is not the run's own state.
create table rota.done (
    run_id        bigint not null,
    due_at        timestamptz not null,
    assignment_id bigint,
    state         text not null check (state in ('succeeded', 'failed', 'missed', 'cancelled', 'skipped')),
    finished_at   timestamptz not null,
    started_at    timestamptz,
    attempts      smallint not null,
    attempt_id    bigint,
    worker_id     bigint,
    ended_as      text check (ended_as in ('succeeded', 'failed', 'timedOut', 'cancelled', 'lost')),
    exit_code     integer,
    reason        text,
    result        jsonb,
    actor         text,
    primary key (run_id, due_at)
) partition by range (due_at);

create index done_lately on rota.done (finished_at, run_id);
create index done_without_success on rota.done (run_id) where state <> 'succeeded';

-- Attempts after which the run was not done.
create table rota.earlier_attempt (
    id        bigint not null,
    run_id    bigint not null,
    due_at    timestamptz not null,
    number    smallint not null,
    worker_id bigint not null,
    leased_at timestamptz not null,
    ended_at  timestamptz not null,
    ended_as  text not null check (ended_as in ('succeeded', 'failed', 'timedOut', 'released', 'lost')),
    exit_code integer,
    message   text,
    primary key (id, due_at)
) partition by range (due_at);

create index earlier_attempt_of_run on rota.earlier_attempt (run_id);

-- Every attempt that has ended.
create view rota.attempt as
select id, run_id, due_at, number, worker_id, leased_at, ended_at, ended_as, exit_code, message
from rota.earlier_attempt
union all
select attempt_id, run_id, due_at, attempts, worker_id, started_at, finished_at, coalesce(ended_as, state),
    exit_code, reason
from rota.done where attempt_id is not null;

create table rota.output (
    attempt_id bigint not null,
    due_at     timestamptz not null,
    head       bytea not null check (octet_length(head) <= 65536),
    tail       bytea not null check (octet_length(tail) <= 65536),
    length     bigint not null check (length >= octet_length(head) + octet_length(tail)),
    sha256     bytea not null check (octet_length(sha256) = 32),
    primary key (attempt_id, due_at)
) partition by range (due_at);

create sequence rota.evidence_id as bigint;

create table rota.evidence (
    id       bigint not null default nextval('rota.evidence_id'),
    run_id   bigint not null,
    due_at   timestamptz not null,
    name     text not null,
    content  bytea not null check (octet_length(content) <= 16777216),
    sha256   bytea not null check (sha256 = sha256(content)),
    actor    text not null,
    added_at timestamptz not null,
    primary key (id, due_at)
) partition by range (due_at);

create index evidence_of_run on rota.evidence (run_id);

create table rota.finding (
    id            bigint generated always as identity primary key,
    assignment_id bigint not null references rota.assignment (id),
    asset_id      bigint references rota.asset (id),
    key           text not null,
    severity      text not null check (severity in ('info', 'warning', 'critical')),
    text          text not null,
    first_run     bigint not null,
    last_run      bigint not null,
    found_at      timestamptz not null,
    seen_at       timestamptz not null,
    closed_at     timestamptz,
    closed_by     text
);

create unique index one_open_finding on rota.finding (assignment_id, asset_id, key) nulls not distinct
    where closed_at is null;
