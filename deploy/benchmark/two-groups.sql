-- :runs runs wait for two groups that have room for one each and fill in turn, in a database that is migrated and empty:
--   psql -v runs=5000 -f deploy/benchmark/two-groups.sql
-- Each turn tells how often a worker looked until nothing moved any more, how long that took, and where the runs wait then.
\set ON_ERROR_STOP 1
\set QUIET 1
insert into rota.client (name, definition, changed_at) values ('harbour', '{}', rota.now());
with made as (insert into rota.job (name, revision, changed_at) values ('patch', 1, rota.now()) returning id)
insert into rota.job_revision (job_id, revision, definition, applied_at, applied_by)
select id, 1, '{}', rota.now(), 'bench' from made;
insert into rota.assignment (job_id, client_id, planned_through) values (1, 1, rota.now());
insert into rota.asset (name, client_id, kind, definition, source, changed_at)
select 'srv-' || n, 1, 'server', '{}', 'manifest', rota.now() from generate_series(1, :runs) n;
insert into rota.worker (name, instance, host, queues, slots, reserve, started_at, seen_at, login)
values ('w', '1', 'here', '{default}', 8, 6, rota.now(), rota.now(), session_user);
insert into rota.limit_group (key, most) values ('one', 1), ('other', 1);
insert into rota.occurrence (assignment_id, due_at, local_time, zone, revision, planned_at)
values (1, date_trunc('day', rota.now()), '2026-01-01T00:00:00', 'UTC', 1, rota.now());
with made as (
    insert into rota.run (assignment_id, job_id, revision, client_id, asset_id, lane, queue, priority, due_at, made_at, limits)
    select 1, 1, 1, 1, n, 'proactive', 'default', 50, date_trunc('day', rota.now()), rota.now(), '{1,2}'
    from generate_series(1, :runs) n
    returning id, due_at, asset_id
)
insert into rota.ready (run_id, due_at, assignment_id, job_id, revision, client_id, asset_id, queue, lane, priority,
    not_before, since, turn, is_due, limits, parked, stream)
select id, due_at, 1, 1, 1, 1, asset_id, 'default', 'proactive', 50, due_at, rota.now(), rota.turn(due_at, 50::smallint),
    false, '{1,2}', 1, rota.stream('default', 'proactive')
from made;

-- Who fills the groups is at work elsewhere.
set session_replication_role = replica;
insert into rota.limit_use (run_id, group_id) values (-1, 1), (-2, 2);
set session_replication_role = origin;
analyze;

create procedure public.turn(freed bigint) language plpgsql as $$
declare
    looks integer := 0;
    began timestamptz := clock_timestamp();
begin
    delete from rota.limit_use where group_id = freed;
    perform rota.unpark(array[freed]);
    loop
        perform from rota.lease(1, 10, 10, interval '30 s', true, null, '{proactive}', null, null);
        looks := looks + 1;
        exit when not exists (select from rota.ready where is_due and parked is null);
        commit;
    end loop;
    raise notice '% looks, % ms; % wait for the one group, % for the other', looks,
        round(1000 * extract(epoch from clock_timestamp() - began)),
        (select count(*) from rota.ready where parked = 1), (select count(*) from rota.ready where parked = 2);
    set local session_replication_role = replica;
    insert into rota.limit_use (run_id, group_id) values (-freed, freed);
    set local session_replication_role = origin;
    commit;
end
$$;

call public.turn(1);
call public.turn(2);
call public.turn(1);
