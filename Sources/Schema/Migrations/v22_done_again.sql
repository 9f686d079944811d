-- Who was asked to end a run has it ended, also where its attempt ends otherwise before the worker has heard of that: it is
-- not begun again, for a failure that would be tried again or because it was handed back. And what is to be done again while
-- something is paused is not taken before a scheduler has looked: it may be what is paused.

-- Of runs that have come back, those that are ready.
create function rota.nudge_where_paused(p_runs bigint[]) returns void
language plpgsql
as $$
begin
    if not exists (select from rota.pause p where p.resumed_at is null and (p.until is null or p.until > rota.now())) then
        return;
    end if;
    insert into rota.nudge (assignment_id, is_failure)
    select distinct r.assignment_id, true
    from rota.ready r where r.run_id = any (p_runs) and r.lane = 'proactive' and r.assignment_id is not null;
    if found then
        perform pg_notify('rota_plan', '');
    end if;
end
$$;

create or replace function rota.finish(
    p_worker bigint, p_attempts bigint[], p_runs bigint[], p_dues timestamptz[], p_ended_as text[], p_next text[],
    p_again interval[], p_exit_codes integer[], p_messages text[], p_results text[], p_findings text[],
    p_heads bytea[], p_tails bytea[], p_lengths bigint[], p_sha256s bytea[]
) returns bigint[]
language plpgsql
security definer set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare
    ended bigint[];
    asked bigint[];
begin
    perform rota.check_worker(p_worker);
    if 'ready' = any (p_next) then
        -- Once they are locked nobody asks to cancel them any more.
        perform from rota.lease l
        where l.id = any (rota.leases_of(p_attempts)) and l.worker_id = p_worker order by l.id for update;
        asked := array(select c.attempt_id from rota.cancel_request c where c.attempt_id = any (p_attempts));
    end if;
    if cardinality(asked) > 0 then
        p_ended_as := array(
            select case when s.ended_as = 'released' and s.attempt_id = any (asked) then 'cancelled' else s.ended_as end
            from unnest(p_attempts, p_ended_as) with ordinality s (attempt_id, ended_as, place) order by s.place);
        p_next := array(
            select case when s.next = 'ready' and s.attempt_id = any (asked) then 'cancelled' else s.next end
            from unnest(p_attempts, p_next) with ordinality s (attempt_id, next, place) order by s.place);
    end if;
    ended := coalesce(rota.end_attempts(p_worker, p_attempts, p_ended_as, p_next, p_again, p_exit_codes, p_messages,
        p_results, p_heads, p_tails, p_lengths, p_sha256s), '{}');
    if 'ready' = any (p_next) then
        perform rota.nudge_where_paused(p_runs);
    end if;
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
