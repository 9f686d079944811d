-- Waivers: a person's word that late work need not be done, with a reason. What was due up to `covers` on the target is settled
-- while the waiver is in force: until its end, where it has one, or until somebody withdraws it.
create table rota.waiver (
    id            bigint generated always as identity primary key,
    assignment_id bigint not null references rota.assignment (id),
    asset_id      bigint references rota.asset (id),
    covers        timestamptz not null,
    reason        text not null check (reason <> ''),
    actor         text not null check (actor <> ''),
    since         timestamptz not null,
    until         timestamptz check (until > since),
    withdrawn_at  timestamptz,
    withdrawn_by  text check (withdrawn_by <> ''),
    check ((withdrawn_at is null) = (withdrawn_by is null))
);

create index waiver_of_target on rota.waiver (assignment_id, asset_id);

-- Nothing vanishes: a waiver is withdrawn once, and never changed or removed.
create function rota.keep_waiver() returns trigger
language plpgsql
as $$
begin
    if tg_op = 'UPDATE' then
        if old.withdrawn_at is null and new.withdrawn_at is not null
            and to_jsonb(new) - '{withdrawn_at,withdrawn_by}'::text[]
                = to_jsonb(old) - '{withdrawn_at,withdrawn_by}'::text[] then
            return new;
        end if;
    end if;
    raise exception 'a waiver is withdrawn once, and never changed or removed'
        using errcode = 'integrity_constraint_violation';
end
$$;

create trigger waivers_stay before update or delete on rota.waiver
    for each row execute function rota.keep_waiver();

create trigger all_waivers_stay before truncate on rota.waiver
    for each statement execute function rota.refuse_change();

-- As before, and schedulers do not waive.
create or replace function rota.grant_to_roles() returns void
language plpgsql
as $$
declare
    reading text;
begin
    perform rota.grant_to_role('rota_worker', array['select on rota.migration', 'execute on function rota.now(),
        rota.register_worker, rota.end_worker, rota.lease, rota.renew, rota.drain_asked, rota.finish, rota.release,
        rota.particulars']);
    select 'execute on function ' || string_agg(p.oid::regprocedure::text, ', ') into reading
    from pg_proc p
    where p.pronamespace = 'rota'::regnamespace and (p.provolatile <> 'v' or p.proname = 'now');
    perform rota.grant_to_role('rota_viewer', array['select on all tables in schema rota', reading]);
    perform rota.grant_to_role('rota_scheduler', array['select on all tables in schema rota', reading,
        'usage on all sequences in schema rota', 'execute on all functions in schema rota',
        'insert on rota.rollout_event',
        rota.rights_to_tables('insert, update, delete', '{migration,client,calendar,window,asset,job,job_revision,
            pause,act,worker_login,evidence,watch,rollout_event,waiver}')]);
    perform rota.grant_to_role('rota_admin', array['select on all tables in schema rota',
        'usage on all sequences in schema rota', 'execute on all functions in schema rota',
        'insert on rota.act, rota.job_revision, rota.rollout_event',
        rota.rights_to_tables('insert, update, delete', '{migration,act,job_revision,rollout_event}')]);
end
$$;
