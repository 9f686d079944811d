-- When the work was last done on each target: "overdue" asks this for every run that is late, and history,
-- from which it could be told, grows without end.

create table rota.last_success (
    assignment_id bigint not null references rota.assignment (id),
    asset_id      bigint references rota.asset (id),
    run_id        bigint not null,
    succeeded_at  timestamptz not null
) with (fillfactor = 70);

create unique index last_success_of_target on rota.last_success (assignment_id, asset_id) nulls not distinct;

create function rota.note_success() returns trigger
language plpgsql
as $$
begin
    insert into rota.last_success as l (assignment_id, asset_id, run_id, succeeded_at)
    select distinct on (r.assignment_id, r.asset_id) r.assignment_id, r.asset_id, r.id, d.finished_at
    from arrived d join rota.run r on r.id = d.run_id and r.due_at = d.due_at
    where d.state = 'succeeded' and d.assignment_id is not null
    order by r.assignment_id, r.asset_id, d.finished_at desc
    on conflict (assignment_id, asset_id) do update
        set run_id = excluded.run_id, succeeded_at = excluded.succeeded_at
        where l.succeeded_at <= excluded.succeeded_at;
    return null;
end
$$;

create trigger success after insert on rota.done referencing new table as arrived
    for each statement execute function rota.note_success();
