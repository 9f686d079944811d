-- All that is kept of a run lies in the partitions of the month in which it was due. Schedulers make months ahead, and
-- drop those that are older than history is kept; what is due in a month that is not there yet is kept in the default
-- partition until the month is made.

create function rota.month_tables() returns text[]
language sql immutable
as $$ select '{occurrence,run,done,earlier_attempt,output,evidence}'::text[] $$;

create function rota.month_name(p_table text, p_month date) returns text
language sql immutable
as $$ select p_table || '_' || to_char(p_month, 'YYYY_MM') $$;

do $$
declare
    name text;
begin
    foreach name in array rota.month_tables() loop
        execute format('create table rota.%I partition of rota.%I default', name || '_default', name);
    end loop;
end
$$;

-- Makes the partitions of the month that begins on this day (UTC), with what of it lies in the default partition.
-- Answers whether there was anything to make.
create function rota.make_month(p_month date) returns boolean
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
declare
    first timestamptz := p_month::timestamp at time zone 'UTC';
    past timestamptz := (p_month + interval '1 month') at time zone 'UTC';
    whole text;
    part text;
    made boolean := false;
begin
    if extract(day from p_month) <> 1 then
        raise exception '% is not the first day of a month', p_month using errcode = 'invalid_parameter_value';
    end if;
    -- Several schedulers may make the same month at once.
    perform pg_advisory_xact_lock(hashtextextended('rota.month', 0));
    foreach whole in array rota.month_tables() loop
        part := rota.month_name(whole, p_month);
        continue when to_regclass('rota.' || part) is not null;
        made := true;
        execute format('create table rota.%I (like rota.%I including defaults including constraints)', part, whole);
        execute format('with moved as (delete from rota.%I where due_at >= $1 and due_at < $2 returning *)
            insert into rota.%I select * from moved', whole || '_default', part) using first, past;
        execute format('alter table rota.%I attach partition rota.%I for values from (%L) to (%L)',
            whole, part, first, past);
    end loop;
    return made;
end
$$;

-- The months of which there are partitions, the oldest first.
create function rota.months() returns setof date
language sql stable
as $$
    select to_date(right(c.relname, 7), 'YYYY_MM') as month
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'rota.run'::regclass and c.relname ~ '^run_[0-9]{4}_[0-9]{2}$'
    order by month
$$;

-- Drops all that is kept of the runs that were due in a month, unless one of them is not done yet.
-- Answers whether it was dropped.
create function rota.drop_month(p_month date) returns boolean
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
declare
    first timestamptz := p_month::timestamp at time zone 'UTC';
    past timestamptz := (p_month + interval '1 month') at time zone 'UTC';
    whole text;
begin
    perform pg_advisory_xact_lock(hashtextextended('rota.month', 0));
    if to_regclass('rota.' || rota.month_name('run', p_month)) is null
        or exists (select from rota.held where due_at >= first and due_at < past)
        or exists (select from rota.ready where due_at >= first and due_at < past)
        or exists (select from rota.leased where due_at >= first and due_at < past)
        or exists (select from rota.waiting where due_at >= first and due_at < past)
    then
        return false;
    end if;
    foreach whole in array rota.month_tables() loop
        execute format('drop table rota.%I', rota.month_name(whole, p_month));
    end loop;
    return true;
end
$$;

select rota.make_month((date_trunc('month', rota.now() at time zone 'UTC') + n * interval '1 month')::date)
from generate_series(0, 3) n;
