-- Which login may work for which queues and clients. A worker's login is bound by an administrator, on the server's
-- side; what the worker says of itself can only be less. Who may act as the schema's owner, or is an administrator, is
-- bound by nothing.

create table rota.worker_login (
    login    name primary key,
    queues   text[] not null check (cardinality(queues) > 0),
    clients  text[] check (cardinality(clients) > 0), -- null is all
    bound_at timestamptz not null,
    bound_by text not null check (bound_by <> '')
);

alter table rota.worker add column login name not null default session_user;
alter table rota.worker alter column login drop default;

-- Whether the login that is connected may do as it likes.
create function rota.is_unbound() returns boolean
language sql stable
as $$
    select pg_has_role(session_user, n.nspowner, 'member')
        or coalesce(pg_has_role(session_user, to_regrole('rota_admin'), 'member'), false)
    from pg_namespace n where n.nspname = 'rota'
$$;

-- Every verb of a worker begins with this: nobody speaks for another login's worker.
create function rota.check_worker(p_worker bigint) returns void
language plpgsql
as $$
begin
    if not exists (select from rota.worker w where w.id = p_worker and w.login = session_user)
        and not rota.is_unbound()
    then
        raise exception 'worker % is not one of login %', p_worker, session_user
            using errcode = 'insufficient_privilege';
    end if;
end
$$;

-- Refuses what the login that is connected may not work for.
create function rota.check_binding(p_queues text[], p_clients text[]) returns void
language plpgsql
as $$
declare
    bound rota.worker_login;
begin
    select * into bound from rota.worker_login l where l.login = session_user;
    if not found then
        raise exception 'login % is bound to no queue', session_user
            using errcode = 'insufficient_privilege',
                hint = format('as an administrator: rota login bind %s --queue NAME', session_user);
    end if;
    if not p_queues <@ bound.queues then
        raise exception 'login % is not bound to the queues %', session_user,
                array_to_string(array(select q from unnest(p_queues) q where q <> all (bound.queues)), ', ')
            using errcode = 'insufficient_privilege',
                hint = 'it is bound to the queues ' || array_to_string(bound.queues, ', ');
    end if;
    if not p_clients <@ bound.clients then
        raise exception 'login % is not bound to the clients %', session_user,
                array_to_string(array(select c from unnest(p_clients) c where c <> all (bound.clients)), ', ')
            using errcode = 'insufficient_privilege',
                hint = 'it is bound to the clients ' || array_to_string(bound.clients, ', ');
    end if;
end
$$;

-- Makes a worker known, or known again. A worker that names no clients works for all to which its login is bound.
-- Answers the worker's number.
create function rota.register_worker(
    p_name text, p_instance text, p_host text, p_queues text[], p_clients text[], p_slots integer, p_reserve integer
) returns bigint
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
declare
    worker bigint;
begin
    if not rota.is_unbound() then
        perform rota.check_binding(p_queues, p_clients);
        p_clients := coalesce(p_clients, (select l.clients from rota.worker_login l where l.login = session_user));
    end if;
    insert into rota.worker as w
        (name, instance, host, queues, clients, slots, reserve, started_at, seen_at, login)
    values (p_name, p_instance, p_host, p_queues, p_clients, p_slots, p_reserve, rota.now(), rota.now(), session_user)
    on conflict (instance) do update
        set queues = excluded.queues, clients = excluded.clients, slots = excluded.slots,
            reserve = excluded.reserve, seen_at = excluded.seen_at, ended_at = null
        where w.login = session_user
    returning w.id into worker;
    if worker is null then
        raise exception 'worker % belongs to another login', p_instance using errcode = 'insufficient_privilege';
    end if;
    return worker;
end
$$;

-- Says that a worker has gone, with nothing left in hand.
create function rota.end_worker(p_worker bigint) returns void
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform rota.check_worker(p_worker);
    update rota.worker set ended_at = rota.now(), seen_at = rota.now() where id = p_worker;
end
$$;

-- A login that is bound to less: its workers go on with what they have in hand, and take no more of the rest.
create function rota.narrow_workers() returns trigger
language plpgsql
as $$
begin
    update rota.worker w
    set queues = case when tg_op = 'DELETE' then '{}'
            else array(select q from unnest(w.queues) q where q = any (new.queues)) end,
        clients = case when tg_op = 'DELETE' or new.clients is null then w.clients
            when w.clients is null then new.clients
            else array(select c from unnest(w.clients) c where c = any (new.clients)) end
    where w.login = old.login and w.ended_at is null;
    return null;
end
$$;

create trigger workers_follow after update or delete on rota.worker_login
    for each row execute function rota.narrow_workers();

create or replace function rota.streams(
    p_worker bigint, p_queues text[], p_lanes text[], p_turns timestamptz[], p_runs bigint[]
) returns table (queue text, client bigint, lane text, turn timestamptz, run bigint)
language plpgsql
as $$
#variable_conflict use_column
begin
    perform rota.check_worker(p_worker);
    return query
    select s.queue, s.client, s.lane, s.turn, s.run
    from (
        select q.queue, b.client, l.lane, false as is_again, coalesce(a.turn, '-infinity') as turn,
            coalesce(a.run, 0) as run, count(*) over () > 2 as has_several
        from rota.worker w
        cross join unnest(w.queues) q (queue)
        cross join lateral (
            select null::bigint as client where w.clients is null
            union all
            select c.id from rota.client c where c.name = any (w.clients)
        ) b
        cross join (values ('reactive'), ('proactive')) l (lane)
        left join unnest(p_queues, p_lanes, p_turns, p_runs) a (queue, lane, turn, run)
            on b.client is null and a.queue = q.queue and a.lane = l.lane
        where w.id = p_worker
        union all
        select a.queue, null, a.lane, true, '-infinity', 0, false
        from rota.worker w cross join unnest(p_queues, p_lanes) a (queue, lane)
        where w.id = p_worker and w.clients is null and a.queue = any (w.queues)
    ) s
    order by s.lane desc, s.is_again, case when s.has_several then (
        select r.turn from rota.ready r
        where r.is_due and r.queue = s.queue and r.lane = s.lane and (r.turn, r.run_id) > (s.turn, s.run)
        order by r.turn, r.run_id limit 1) end nulls last;
end
$$;

create or replace function rota.renew(p_worker bigint, p_attempts bigint[], p_length interval)
returns table (attempt_id bigint, cancelled boolean)
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    leases bigint[] := rota.leases_of(p_attempts);
begin
    perform rota.check_worker(p_worker);
    perform set_config('rota.verb', 'on', true);
    update rota.worker set seen_at = rota.now() where id = p_worker;
    return query
    with own as (
        update rota.lease l set expires_at = greatest(l.expires_at, rota.now() + p_length)
        where l.id = any (array(
            select o.id from rota.lease o
            where o.id = any (leases) and o.worker_id = p_worker order by o.id for update))
        returning l.id, l.runs
    )
    select a.attempt_id, c.attempt_id is not null
    from own o
    cross join unnest(p_attempts) a (attempt_id)
    left join rota.cancel_request c on c.attempt_id = a.attempt_id
    where a.attempt_id / 1000 = o.id and o.runs[a.attempt_id % 1000] is not null;
    perform set_config('rota.verb', 'off', true);
end
$$;

create or replace function rota.finish(
    p_worker bigint, p_attempts bigint[], p_runs bigint[], p_dues timestamptz[], p_ended_as text[], p_next text[],
    p_again interval[], p_exit_codes integer[], p_messages text[], p_results text[], p_findings text[],
    p_heads bytea[], p_tails bytea[], p_lengths bigint[], p_sha256s bytea[]
) returns bigint[]
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
declare
    ended bigint[];
begin
    perform rota.check_worker(p_worker);
    ended := coalesce(rota.end_attempts(p_worker, p_attempts, p_ended_as, p_next, p_again, p_exit_codes, p_messages,
        p_results, p_heads, p_tails, p_lengths, p_sha256s), '{}');
    if cardinality(array_remove(p_findings, null)) > 0 then
        perform rota.record_findings(r.assignment_id, r.asset_id, r.id, s.findings::jsonb)
        from unnest(p_attempts, p_runs, p_dues, p_findings) s (attempt_id, run_id, due_at, findings)
        join rota.run r on r.id = s.run_id and r.due_at = s.due_at
        where s.findings is not null and s.attempt_id = any (ended) and r.assignment_id is not null;
    end if;
    if cardinality(ended) < cardinality(p_attempts) then
        ended := ended || array(
            select s.attempt_id
            from unnest(p_attempts, p_runs, p_dues, p_ended_as) s (attempt_id, run_id, due_at, ended_as)
            join rota.attempt a on a.run_id = s.run_id and a.due_at = s.due_at and a.id = s.attempt_id
            where s.attempt_id <> all (ended) and a.worker_id = p_worker and a.ended_as = s.ended_as
                and a.ended_as not in ('lost', 'released'));
    end if;
    return ended;
end
$$;

create or replace function rota.release(p_worker bigint, p_attempts bigint[]) returns bigint
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
declare
    count integer := cardinality(p_attempts);
begin
    perform rota.check_worker(p_worker);
    return coalesce(cardinality(rota.end_attempts(p_worker, p_attempts, array_fill('released'::text, array[count]),
        array_fill('ready'::text, array[count]), null, null, null, null, null, null, null, null)), 0);
end
$$;

create or replace function rota.particulars(
    p_worker bigint, p_leases bigint[], p_jobs bigint[], p_revisions integer[], p_clients bigint[], p_assets bigint[]
) returns table (kind text, id bigint, revision integer, changed_at timestamptz, definition jsonb)
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    perform rota.check_worker(p_worker);
    return query
    with own as materialized (
        select distinct r.job_id, r.revision, r.client_id, r.asset_id
        from rota.lease l
        cross join unnest(l.runs, l.dues) u (run_id, due_at)
        join rota.run r on r.id = u.run_id and r.due_at = u.due_at
        where l.id = any (p_leases) and l.worker_id = p_worker
    )
    select 'job', v.job_id, v.revision, null::timestamptz, v.definition
    from unnest(p_jobs, p_revisions) n (job_id, revision)
    join rota.job_revision v on v.job_id = n.job_id and v.revision = n.revision
    where exists (select from own o where o.job_id = v.job_id and o.revision = v.revision)
    union all
    select 'client', c.id, null, c.changed_at, c.definition
    from rota.client c where c.id = any (p_clients) and c.id in (select client_id from own)
    union all
    select 'asset', a.id, null, a.changed_at, a.definition
    from rota.asset a where a.id = any (p_assets) and a.id in (select asset_id from own);
end
$$;

create or replace function rota.drain_asked(p_worker bigint) returns table (actor text, reason text)
language plpgsql stable
security definer set search_path = pg_catalog, pg_temp
as $$
begin
    perform rota.check_worker(p_worker);
    return query
    select w.drain_by, w.drain_reason from rota.worker w where w.id = p_worker and w.drain_at is not null;
end
$$;
