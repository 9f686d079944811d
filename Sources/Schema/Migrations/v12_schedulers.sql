-- Schedulers leave a trace: without one nobody could tell whether there are any, but by what they have not done.

create table rota.scheduler (
    instance   text primary key,
    name       text not null,
    host       text not null,
    -- How long this one keeps what was due after its month.
    history    interval not null,
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    ended_at   timestamptz
);

create index scheduler_seen on rota.scheduler (seen_at);
