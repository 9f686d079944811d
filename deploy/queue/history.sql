-- Runs that were done this month, as workers leave them.
begin;
set local session_replication_role = replica;
with client as (
    insert into rota.client (name, definition, changed_at, removed_at) values ('history', '{}', rota.now(), rota.now())
    returning id
), made as (
    insert into rota.run (job_id, revision, client_id, lane, queue, priority, due_at, made_at, made_by)
    select 0, 1, client.id, 'reactive', 'history', 50, rota.now() - n * interval '1 microsecond', rota.now(), 'bench'
    from client, generate_series(1, :runs) n
    returning id, due_at
)
insert into rota.done (run_id, due_at, state, finished_at, started_at, attempts, attempt_id, worker_id)
select id, due_at, 'succeeded', rota.now(), rota.now(), 1, id * 1000, 0 from made;
commit;
vacuum analyze rota.run, rota.done;
