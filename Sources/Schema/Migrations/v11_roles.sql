-- Who may do what. Roles belong to the whole server and may be missing (a restored backup, a managed server), so they
-- are settled at the end of every migration, and not once: what may not be done is told, with how to mend it.

-- Runs as whoever migrates. Answers what is left to do.
create function rota.settle_roles() returns table (problem text, mend text)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    return query select * from rota.make_roles();
    return query select * from rota.hand_over();
    revoke execute on all functions in schema rota from public;
    perform rota.grant_to_roles();
end
$$;

create function rota.make_roles() returns table (problem text, mend text)
language plpgsql
as $$
declare
    role text;
begin
    foreach role in array '{rota_owner,rota_scheduler,rota_worker,rota_admin,rota_viewer}'::text[] loop
        continue when to_regrole(role) is not null;
        begin
            execute format('create role %I nologin', role);
        exception
            when duplicate_object or unique_violation then null; -- made in another database of this server just now
            when insufficient_privilege then
                return query select format('there is no role %s, and login %s may not make it', role, current_user),
                    format('as a superuser: create role %I nologin; then run rota migrate again', role);
        end;
    end loop;
end
$$;

-- What workers call runs with the rights of the owner, who is therefore to be nobody who can do more than this schema.
create function rota.hand_over() returns table (problem text, mend text)
language plpgsql
as $$
declare
    owner oid := to_regrole('rota_owner');
    command text;
begin
    if owner is null then
        return;
    end if;
    if not pg_has_role(current_user, owner, 'member') then
        begin -- who may make roles may join them
            execute format('grant rota_owner to %I', current_user);
        exception
            when insufficient_privilege then null;
        end;
    end if;
    if not pg_has_role(current_user, owner, 'member') then
        return query select format('login %s is not a member of rota_owner, to which the schema is to belong', current_user),
            format('as a superuser: grant rota_owner to %I; then run rota migrate again', current_user);
        return;
    end if;
    for command in
        select 'alter schema rota owner to rota_owner' from pg_namespace where nspname = 'rota' and nspowner <> owner
        union all
        select format('alter table %s owner to rota_owner', c.oid::regclass)
        from pg_class c
        where c.relnamespace = 'rota'::regnamespace and c.relkind in ('r', 'p', 'v', 'S') and c.relowner <> owner
            and not exists (select from pg_depend d -- the sequence of a column goes with its table
                where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'i' and c.relkind = 'S')
        union all
        select format('alter function %s owner to rota_owner', p.oid::regprocedure)
        from pg_proc p where p.pronamespace = 'rota'::regnamespace and p.proowner <> owner
    loop
        execute command;
    end loop;
exception
    when insufficient_privilege then
        return query select format('login %s may not hand the schema over to rota_owner: %s', current_user, sqlerrm),
            'run rota migrate as a superuser, or as who owns the schema';
end
$$;

-- Gives a role what it is to have, where there is such a role.
create function rota.grant_to_role(p_role text, p_rights text[]) returns void
language plpgsql
as $$
declare
    rights text;
begin
    if to_regrole(p_role) is null then
        return;
    end if;
    execute format('grant usage on schema rota to %I', p_role);
    foreach rights in array p_rights loop
        execute format('grant %s to %I', rights, p_role);
    end loop;
end
$$;

-- The rights (`insert, update`) to all tables, months aside, but for some.
create function rota.rights_to_tables(p_rights text, p_except text[]) returns text
language sql stable
as $$
    select format('%s on %s', p_rights, string_agg(c.oid::regclass::text, ', '))
    from pg_class c
    where c.relnamespace = 'rota'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> all (p_except)
$$;

-- Workers may call their verbs, and see which migrations there are. Schedulers do not change what people say; nobody
-- changes what people did; viewers only read, and call nothing that writes.
create function rota.grant_to_roles() returns void
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
        rota.rights_to_tables('insert, update, delete', '{migration,client,calendar,window,asset,job,job_revision,
            pause,act,worker_login,evidence}')]);
    perform rota.grant_to_role('rota_admin', array['select on all tables in schema rota',
        'usage on all sequences in schema rota', 'execute on all functions in schema rota',
        'insert on rota.act, rota.job_revision',
        rota.rights_to_tables('insert, update, delete', '{migration,act,job_revision}')]);
end
$$;
