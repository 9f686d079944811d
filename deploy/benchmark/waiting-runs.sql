-- :targets assets of the client `piled`, each with :waiting runs of the job `waits` that go one after the other: each was due a
-- minute before the next, and waits for those before it.
with assigned as (
    select a.id, a.job_id, a.client_id, j.revision
    from rota.assignment a
    join rota.job j on j.id = a.job_id and j.name = 'waits'
    join rota.client c on c.id = a.client_id and c.name = 'piled'
), occurred as (
    insert into rota.occurrence (assignment_id, due_at, local_time, zone, revision, planned_at)
    select id, date_trunc('minute', now()) - n * interval '1 minute', '2026-01-01T03:00:00', 'UTC', revision, now()
    from assigned, generate_series(1, :waiting) n
    returning assignment_id, due_at
), made as (
    insert into rota.run (assignment_id, job_id, revision, client_id, asset_id, lane, queue, priority, due_at, due_by,
        made_at)
    select a.id, a.job_id, a.revision, a.client_id, s.id, 'proactive', 'unserved', 50, o.due_at,
        o.due_at + interval '4 hours', now()
    from assigned a
    join occurred o on o.assignment_id = a.id
    cross join lateral (
        select id from rota.asset where client_id = a.client_id and kind = 'server' order by id limit :targets) s
    returning id, due_at, assignment_id
)
insert into rota.held (run_id, due_at, assignment_id, hold, why, since)
select id, due_at, assignment_id, 'overlap', 'it waits for those before it', now() from made;

analyze;
