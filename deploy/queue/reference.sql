-- The best that we know to do in plain SQL for the same promise: a row for each run, a lease that is on disk before the work
-- begins, a result for each run on disk when it is done. No rules, no fences, no second look: what all that costs on top is
-- what `rota bench drain` is compared with.
drop schema if exists reference cascade;
create schema reference;
create table reference.run (id bigint primary key, job bigint not null, due_at timestamptz not null);
create table reference.ready (turn timestamptz not null, run_id bigint not null, primary key (turn, run_id));
create table reference.lease (worker bigint not null, runs bigint[] not null, expires_at timestamptz not null);
create index on reference.lease (worker);
create table reference.done (
    run_id bigint not null, state text not null, finished_at timestamptz not null, worker bigint not null
);
