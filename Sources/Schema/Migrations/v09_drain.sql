-- Who told a worker to take no more and to end once its work is done; null where nobody did. A worker that is started
-- again afterwards is another row, of which this is not asked.

alter table rota.worker
    add column drain_at timestamptz,
    add column drain_by text,
    add column drain_reason text,
    add check ((drain_at is null) = (drain_by is null)),
    add check (drain_at is not null or drain_reason is null);

-- Asked with every renewal, so that a notification that is lost costs no more than the time to the next one.
create function rota.drain_asked(p_worker bigint) returns table (actor text, reason text)
language plpgsql stable
security definer set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select w.drain_by, w.drain_reason from rota.worker w where w.id = p_worker and w.drain_at is not null;
end
$$;
