-- Every act of a person: append-only, each entry carrying the hash of the one before.

create table rota.act (
    id       bigint primary key,
    at       timestamptz not null,
    actor    text not null check (actor <> ''),
    verb     text not null,
    subject  text not null,
    reason   text,
    detail   jsonb,
    previous bytea not null,
    hash     bytea not null
);

create function rota.act_hash(
    p_id bigint, p_at timestamptz, p_actor text, p_verb text, p_subject text, p_reason text, p_detail jsonb,
    p_previous bytea
) returns bytea
language sql immutable
as $$
    select sha256(p_previous || convert_to(jsonb_build_array(
        p_id, extract(epoch from p_at)::text, p_actor, p_verb, p_subject, p_reason, p_detail)::text, 'UTF8'))
$$;

-- The chain has one end, so entries are made one after the other: the lock is held until the commit.
create function rota.record_act(
    p_actor text, p_verb text, p_subject text, p_reason text, p_detail jsonb
) returns bigint
language plpgsql
as $$
declare
    last rota.act;
    moment timestamptz := rota.now();
    next_id bigint;
    before bytea;
begin
    perform pg_advisory_xact_lock(hashtextextended('rota.act', 0));
    select * into last from rota.act order by id desc limit 1;
    next_id := coalesce(last.id, 0) + 1;
    before := coalesce(last.hash, '\x'::bytea);
    insert into rota.act (id, at, actor, verb, subject, reason, detail, previous, hash)
    values (next_id, moment, p_actor, p_verb, p_subject, p_reason, p_detail, before,
        rota.act_hash(next_id, moment, p_actor, p_verb, p_subject, p_reason, p_detail, before));
    return next_id;
end
$$;

create function rota.refuse_change() returns trigger
language plpgsql
as $$
begin
    raise exception 'rota.% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;

create trigger acts_stay before update or delete or truncate on rota.act
    for each statement execute function rota.refuse_change();
