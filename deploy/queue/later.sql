-- Runs of another queue that may start in a month: made as planning makes them.
with client as (
    insert into rota.client (name, definition, changed_at, removed_at) values ('later', '{}', rota.now(), rota.now())
    returning id
), made as (
    insert into rota.run (job_id, revision, client_id, lane, queue, priority, due_at, made_at, made_by)
    select 0, 1, client.id, 'reactive', 'later', 50, rota.now() + n * interval '1 microsecond', rota.now(), 'bench'
    from client, generate_series(1, :runs) n
    returning id, assignment_id, job_id, revision, client_id, asset_id, lane, queue, priority, due_at, due_by, retry_of,
        made_at, made_by, limits, ring, overrides_freeze
)
insert into rota.ready
select f.* from made m
cross join lateral rota.as_ready(
    row(m.*)::rota.run, m.made_at, m.made_at + interval '30 days', null, 0::smallint, 0::smallint) f;
vacuum analyze rota.ready, rota.run;
