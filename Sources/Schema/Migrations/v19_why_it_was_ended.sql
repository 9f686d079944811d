-- As in v14; history tells why a run was ended that somebody was at (its window has closed, or the next was due); and what is
-- put off, or handed back with a last start, has its assignment looked at when that has come: a scheduler may have looked
-- while it was at work, when there was nothing to wake for.

create or replace function rota.end_attempts(
    p_worker bigint, p_attempts bigint[], p_ended_as text[], p_next text[], p_again interval[],
    p_exit_codes integer[], p_messages text[], p_results text[],
    p_heads bytea[], p_tails bytea[], p_lengths bigint[], p_sha256s bytea[]
) returns bigint[]
language plpgsql
as $$
declare
    leases bigint[] := rota.leases_of(p_attempts);
    ended bigint[];
    counted bigint[];
begin
    perform set_config('rota.verb', 'on', true);
    with own as materialized (
        select * from rota.lease l
        where l.id = any (leases) and (p_worker is null or l.worker_id = p_worker)
        order by l.id for update
    ), gone as materialized (
        select o.id as lease_id, o.worker_id, o.leased_at, o.is_limited, u.run_id, u.due_at, u.assignment_id, u.start_by, s.*,
            (coalesce(u.attempts, 0) + coalesce(u.losses, 0) + 1)::smallint as number,
            (coalesce(u.attempts, 0) + case when s.ended_as in ('released', 'lost') then 0 else 1 end)::smallint
                as attempts,
            (coalesce(u.losses, 0) + case s.ended_as when 'lost' then 1 else 0 end)::smallint as losses,
            (select rota.now()) as now
        from own o
        cross join unnest(o.runs, o.dues, o.assignments, o.start_bys, o.attempts, o.losses) with ordinality
            u (run_id, due_at, assignment_id, start_by, attempts, losses, place)
        join unnest(p_attempts, p_ended_as, p_next, p_again, p_exit_codes, p_messages, p_results, p_heads, p_tails,
                p_lengths, p_sha256s)
            s (attempt_id, ended_as, next, again, exit_code, message, result, head, tail, length, sha256)
            on s.attempt_id = o.id * 1000 + u.place
        where u.run_id is not null
    ), ended as (
        select o.id, o.runs, e.count = cardinality(array_remove(o.runs, null)) as is_all
        from own o join (select g.lease_id, count(*) from gone g group by g.lease_id) e on e.lease_id = o.id
    ), emptied as (
        delete from rota.lease l using ended e where l.id = e.id and e.is_all
    ), shrunk as (
        update rota.lease l
        set runs = array(
            select case when g.attempt_id is null then u.run_id end
            from unnest(e.runs) with ordinality u (run_id, place)
            left join gone g on g.attempt_id = e.id * 1000 + u.place
            order by u.place)
        from ended e where l.id = e.id and not e.is_all
    ), finished as (
        insert into rota.done (run_id, due_at, assignment_id, state, finished_at, started_at, attempts, attempt_id,
            worker_id, ended_as, exit_code, reason, result, actor)
        select g.run_id, g.due_at, g.assignment_id, g.next, g.now, g.leased_at, g.number, g.attempt_id, g.worker_id,
            nullif(g.ended_as, g.next), g.exit_code,
            case when g.next = 'cancelled' and c.reason <> '' then concat_ws('; ', c.reason, g.message) else g.message end,
            g.result::jsonb, c.actor
        from gone g left join rota.cancel_request c on c.attempt_id = g.attempt_id
        where g.next not in ('ready', 'waiting', 'held')
    ), noted as (
        insert into rota.earlier_attempt
            (id, run_id, due_at, number, worker_id, leased_at, ended_at, ended_as, exit_code, message)
        select g.attempt_id, g.run_id, g.due_at, g.number, g.worker_id, g.leased_at, g.now, g.ended_as, g.exit_code,
            g.message
        from gone g where g.next in ('ready', 'waiting', 'held')
    ), again as (
        insert into rota.ready
        select f.*
        from gone g
        join rota.run r on r.id = g.run_id and r.due_at = g.due_at
        cross join lateral rota.as_ready(
            r, g.now, g.now + coalesce(g.again, interval '0'), g.start_by, g.attempts, g.losses) f
        where g.next = 'ready'
        returning queue
    ), waits as (
        insert into rota.waiting (run_id, due_at, assignment_id, waits_for, since, look_at, attempts, losses)
        select g.run_id, g.due_at, g.assignment_id, 'acknowledgement', g.now, g.now + g.again, g.attempts, g.losses
        from gone g where g.next = 'waiting'
    ), holds as (
        insert into rota.held (run_id, due_at, assignment_id, hold, why, since, attempts, losses)
        select g.run_id, g.due_at, g.assignment_id, 'unknown', coalesce(g.message, 'nobody knows how it ended'), g.now,
            g.attempts, g.losses
        from gone g where g.next = 'held'
    ), kept as (
        insert into rota.output (attempt_id, due_at, head, tail, length, sha256)
        select g.attempt_id, g.due_at, g.head, g.tail, g.length, g.sha256 from gone g where g.sha256 is not null
    ), answered as (
        delete from rota.cancel_request c using gone g where c.attempt_id = g.attempt_id
    ), -- What was asked for again may need its window looked at, or its reminder repeated.
    wakes as materialized (
        select g.assignment_id, min(
                case when g.ended_as = 'released' and g.again is null then g.start_by
                    else g.now + coalesce(g.again, interval '0') end) as at
        from gone g
        where g.next in ('ready', 'waiting') and g.assignment_id is not null
            and (g.ended_as <> 'released' or g.again is not null or g.start_by is not null)
        group by g.assignment_id
    ), woken as (
        update rota.assignment a set wake_at = least(a.wake_at, w.at)
        from wakes w
        where a.id = w.assignment_id and a.id = any (array(
            select o.id from rota.assignment o join wakes n on n.assignment_id = o.id
            where o.removed_at is null order by o.id for no key update of o))
        returning a.id
    ), told as (
        select pg_notify('rota_ready', q.queue) from (select distinct queue from again) q
        union all
        select pg_notify('rota_plan', '') where exists (select from woken)
    )
    select array_agg(g.attempt_id), array_agg(g.run_id) filter (where g.is_limited) into ended, counted
    from gone g where (select count(*) from told) >= 0;
    if counted is not null then
        perform rota.leave_groups(counted);
    end if;
    perform set_config('rota.verb', 'off', true);
    return ended;
end
$$;
