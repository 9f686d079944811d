-- :runs assets, each with one run that was due yesterday and still waits for a worker: all of them are overdue.
insert into rota.asset (name, client_id, kind, definition, source, changed_at)
select 'bench-' || n, c.id, 'bench',
    jsonb_build_object('name', 'bench-' || n, 'client', c.name, 'is', 'bench', 'labels', '{}'::jsonb,
        'facts', '{}'::jsonb),
    'import', now()
from rota.client c, generate_series(1, :runs) n
where c.name = 'bench-client';

with assigned as (
    select a.id, a.job_id, a.client_id, j.revision
    from rota.assignment a join rota.job j on j.id = a.job_id where j.name = 'bench-open'
), occurred as (
    insert into rota.occurrence (assignment_id, due_at, local_time, zone, revision, planned_at)
    select id, date_trunc('day', now()) - interval '1 day', '2026-01-01T03:00:00', 'UTC', revision, now()
    from assigned
    returning assignment_id, due_at
), made as (
    insert into rota.run (assignment_id, job_id, revision, client_id, asset_id, lane, queue, priority, due_at, due_by,
        made_at)
    select a.id, a.job_id, a.revision, a.client_id, s.id, 'proactive', 'unserved', 50, o.due_at,
        o.due_at + interval '1 hour', now()
    from assigned a join occurred o on o.assignment_id = a.id
    join rota.asset s on s.client_id = a.client_id and s.kind = 'bench'
    returning *
)
insert into rota.ready (run_id, due_at, assignment_id, job_id, revision, client_id, asset_id, queue, lane, priority,
    not_before, since, turn, is_due, stream)
select id, due_at, assignment_id, job_id, revision, client_id, asset_id, queue, lane, priority, due_at, due_at,
    rota.turn(due_at, priority), true, rota.stream(queue, lane)
from made;

analyze;
