-- A run that was let go for the room in one of its groups, and finds another full, hands on the room that it cannot use. Before,
-- that room stayed empty until a scheduler looked at what is parked, and each look went one run further: where a hundred
-- waited for both groups and the next for that one alone, it waited a hundred looks.

-- As in v14, and what it parks lets go others where there is room. Nobody who is parked waits for a group with room then.
create or replace function rota.admit(p_picked tid[]) returns tid[]
language plpgsql
as $$
declare
    groups bigint[] := array(
        select distinct g from rota.ready r cross join unnest(r.limits) g where r.ctid = any (p_picked));
    room bigint[];
    places integer[];
    admitted tid[] := '{}';
    handed_on integer[] := '{}';
    full_at integer;
    one record;
begin
    groups := array(select g.id from rota.limit_group g where g.id = any (groups) order by g.id for update skip locked);
    room := rota.room_in(groups);
    for one in
        select r.ctid as place, r.run_id, r.limits from rota.ready r
        where r.ctid = any (p_picked) order by r.turn, r.run_id
    loop
        places := array(select array_position(groups, g) from unnest(one.limits) g);
        continue when array_position(places, null) is not null;
        full_at := (select p from unnest(places) p where room[p] <= 0 limit 1);
        if full_at is not null then
            update rota.ready set is_due = false, parked = groups[full_at] where run_id = one.run_id;
            handed_on := handed_on || array(select p from unnest(places) p where room[p] > 0);
        else
            insert into rota.limit_use (run_id, group_id) select one.run_id, g from unnest(one.limits) g;
            for full_at in select unnest(places) loop
                room[full_at] := room[full_at] - 1;
            end loop;
            admitted := admitted || one.place;
        end if;
    end loop;
    if cardinality(handed_on) > 0 then
        perform rota.unpark(array(select distinct groups[p] from unnest(handed_on) p where room[p] > 0));
    end if;
    return admitted;
end
$$;

-- As in v14; what somebody has locked just now, who cancels it perhaps, is not waited for: whoever takes runs has rows locked
-- which that one may want next. A scheduler finds it when it looks.
create or replace function rota.unpark(p_groups bigint[]) returns void
language plpgsql
as $$
declare
    queues text[];
begin
    with free as (
        update rota.ready r set parked = null, is_due = r.not_before <= rota.now()
        where r.run_id = any (array(
            select n.run_id
            from unnest(p_groups, rota.room_in(p_groups)) g (id, room)
            cross join lateral (
                select p.run_id from rota.ready p where p.parked = g.id
                order by p.turn, p.run_id limit greatest(g.room, 0) for update skip locked) n))
        returning r.queue
    )
    select array_agg(distinct queue) into queues from free;
    perform pg_notify('rota_ready', q) from unnest(queues) q;
end
$$;
