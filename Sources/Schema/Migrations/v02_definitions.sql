-- What operators write: clients, calendars, windows, assets, jobs. Definitions are kept as the JSON of
-- the manifest's own shape; what SQL has to select by stands in a column of its own.

create table rota.client (
    id         bigint generated always as identity primary key,
    name       text not null unique,
    definition jsonb not null,
    changed_at timestamptz not null,
    removed_at timestamptz
);

create table rota.calendar (
    id         bigint generated always as identity primary key,
    name       text not null unique,
    definition jsonb not null,
    changed_at timestamptz not null,
    removed_at timestamptz
);

create table rota.window (
    id         bigint generated always as identity primary key,
    name       text not null unique,
    definition jsonb not null,
    changed_at timestamptz not null,
    removed_at timestamptz
);

-- `source` says who looks after the row, so that pruning manifests never removes what was imported.
create table rota.asset (
    id         bigint generated always as identity primary key,
    name       text not null unique,
    client_id  bigint not null references rota.client (id),
    kind       text not null,
    labels     jsonb not null default '{}',
    definition jsonb not null,
    source     text not null check (source in ('manifest', 'import')),
    changed_at timestamptz not null,
    removed_at timestamptz
);

create index asset_of_client on rota.asset (client_id, kind) where removed_at is null;

create table rota.job (
    id         bigint generated always as identity primary key,
    name       text not null unique,
    revision   integer not null check (revision >= 1),
    changed_at timestamptz not null,
    removed_at timestamptz
);

-- A run keeps the revision with which it was planned, so revisions are never changed or removed.
create table rota.job_revision (
    job_id     bigint not null references rota.job (id),
    revision   integer not null check (revision >= 1),
    definition jsonb not null,
    applied_at timestamptz not null,
    applied_by text not null,
    primary key (job_id, revision)
);

alter table rota.job
    add constraint job_has_its_revision foreign key (id, revision)
    references rota.job_revision (job_id, revision) deferrable initially deferred;

-- One job for one client. Every due moment up to `planned_through` has its occurrence;
-- `wake_at` is when a scheduler must look at it next (null: never, until something changes); `trouble` says
-- why it could not be planned the last time.
create table rota.assignment (
    id              bigint generated always as identity primary key,
    job_id          bigint not null references rota.job (id),
    client_id       bigint not null references rota.client (id),
    planned_through timestamptz not null,
    wake_at         timestamptz,
    trouble         text,
    removed_at      timestamptz,
    unique (job_id, client_id),
    check (removed_at is null or wake_at is null)
);

create index assignment_to_wake on rota.assignment (wake_at) where wake_at is not null;

create table rota.pause (
    id         bigint generated always as identity primary key,
    job_id     bigint not null references rota.job (id),
    reason     text not null check (reason <> ''),
    actor      text not null,
    since      timestamptz not null,
    until      timestamptz,
    resumed_at timestamptz,
    resumed_by text,
    check (until is null or until > since),
    check ((resumed_at is null) = (resumed_by is null))
);

create unique index one_pause_a_job on rota.pause (job_id) where resumed_at is null;

-- Runs and history name definitions without a foreign key, which each run would have to pay for: so no definition is
-- ever deleted. What is removed has `removed_at`.
create function rota.refuse_removal() returns trigger
language plpgsql
as $$
begin
    raise exception 'rows of rota.% are never deleted: history refers to them', tg_table_name
        using errcode = 'integrity_constraint_violation';
end
$$;

create trigger definitions_stay before delete or truncate on rota.client
    for each statement execute function rota.refuse_removal();
create trigger definitions_stay before delete or truncate on rota.asset
    for each statement execute function rota.refuse_removal();
create trigger definitions_stay before delete or truncate on rota.job
    for each statement execute function rota.refuse_removal();
create trigger definitions_stay before delete or truncate on rota.assignment
    for each statement execute function rota.refuse_removal();
