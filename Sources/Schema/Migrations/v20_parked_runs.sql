-- What waits behind a limit is let go by whoever leaves the group. A run that was let go and then did not start (it was
-- cancelled, its window closed, another of its groups was full) has used up no place, and leaves none: so schedulers look now
-- and then whether there is room for which somebody waits. Answers in how many groups somebody did.

create function rota.unpark_where_room() returns bigint
language plpgsql
as $$
declare
    groups bigint[];
begin
    groups := array(
        select g.id from rota.limit_group g
        where g.id = any (array(select distinct r.parked from rota.ready r where r.parked is not null))
        order by g.id for update skip locked);
    if cardinality(groups) > 0 then
        perform rota.unpark(groups);
    end if;
    return cardinality(groups);
end
$$;
