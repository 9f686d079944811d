extension Sabotage {
    /// Done to the database before anything else is there.
    var before: String? {
        switch self {
        case .cursorMovedFirst:
            Self.trigger(
                "before update of planned_through on rota.assignment",
                "new.planned_through := new.planned_through + interval '2 s'; return new;")
        case .noUniqueIndex: Self.secondRun
        case .leaseWithoutTaking:
            Self.change(
                "lease", "delete from rota.ready r where r.ctid = any (batch.places)",
                "perform from rota.ready r where r.ctid = any (batch.places)")
        case .noFence: Self.sayYes
        case .endsLost:
            Self.trigger("before insert on rota.done", "return case when new.run_id % 5 > 0 then new end;")
        case .windowForgotten: Self.leaveNotHeld("window")
        case .limitUnlocked: Self.unlockGroups
        case .holdForgotten: Self.leaveNotHeld("unknown")
        case .runsVanish:
            Self.trigger("before insert on rota.ready", "return case when new.queue <> 'nobody' then new end;")
        case .assignmentForgotten:
            Self.trigger(
                "before insert on rota.assignment",
                """
                if (select name from rota.job where id = new.job_id) = 'unserved' then
                    new.removed_at := rota.now();
                    new.wake_at := null;
                end if;
                return new;
                """)
        case .lostShownAsFailed:
            Self.trigger(
                "before insert on rota.earlier_attempt",
                "if new.ended_as = 'lost' then new.ended_as := 'failed'; end if; return new;")
        case .lostShownAsSucceeded:
            Self.trigger(
                "before insert on rota.ready",
                """
                if new.losses = 0 then return new; end if;
                insert into rota.done (run_id, due_at, assignment_id, state, finished_at, attempts)
                values (new.run_id, new.due_at, new.assignment_id, 'succeeded', rota.now(), new.losses);
                return null;
                """)
        case .standbyBehind: "alter role postgres set synchronous_commit = 'local'"
        case .expiryUnchecked, .commitsLost, .actEdited, .actsCutOff, .outputEdited, .neverTakenUp: nil
        }
    }

    /// Done while a worker has a command in hand.
    var during: String? {
        switch self {
        case .expiryUnchecked:
            """
            select rota.end_attempts(null, array_agg(attempt_id), array_agg('lost'::text), array_agg('ready'::text),
                null, null, null, null, null, null, null, null)
            from rota.leased
            """
        case .neverTakenUp:
            // Schedulers that are at it have their locks in another order.
            "begin; lock table rota.assignment in access exclusive mode;"
                + Self.trigger(
                    "before update of wake_at on rota.assignment",
                    """
                    if (select name from rota.job where id = new.job_id) = 'quick-1' then
                        new.wake_at := new.wake_at + interval '1 h';
                    end if;
                    return new;
                    """) + "update rota.assignment set wake_at = wake_at; commit;"
        default: nil
        }
    }

    /// How often it is done: what a worker has in hand is not every time something that another begins again.
    var times: Int { self == .expiryUnchecked ? 5 : 1 }

    /// Done when all has ended, before the checker looks.
    var after: String? {
        switch self {
        case .commitsLost:
            """
            alter table rota.run disable trigger user;
            alter table rota.done disable trigger user;
            delete from rota.done where run_id > (select max(id) - 60 from rota.run);
            delete from rota.run where id > (select max(id) - 60 from rota.run);
            """
        case .actEdited:
            "alter table rota.act disable trigger user; update rota.act set actor = 'nobody' where id = 2"
        case .actsCutOff:
            """
            alter table rota.act disable trigger user;
            delete from rota.act where id > (select max(id) - 3 from rota.act);
            """
        case .outputEdited:
            """
            update rota.output set head = 'all is well', length = 11, sha256 = sha256('all is well')
            where attempt_id = (select max(attempt_id) from rota.output)
            """
        default: nil
        }
    }

    private static func trigger(_ when: String, _ body: String) -> String {
        """
        create function public.sabotage() returns trigger language plpgsql as $sabotage$ begin \(body) end $sabotage$;
        create trigger sabotage \(when) for each row execute function public.sabotage();
        """
    }

    /// Changes the text of a verb, and fails where it does not hold what is to be changed.
    private static func change(_ verb: String, _ from: String, _ to: String) -> String {
        """
        do $sabotage$
        declare
            whole text := pg_get_functiondef((select oid from pg_proc
                where pronamespace = 'rota'::regnamespace and proname = '\(verb)'));
        begin
            if position('\(from)' in whole) = 0 then raise exception 'rota.\(verb) cannot be broken so'; end if;
            execute replace(whole, '\(from)', '\(to)');
        end
        $sabotage$
        """
    }

    /// What is held for this reason becomes ready.
    private static func leaveNotHeld(_ hold: String) -> String {
        // Afterwards, as the run itself is made in the same statement; what was held would then be looked for there.
        "alter table rota.held disable trigger arrival;"
            + trigger(
                "after insert on rota.held",
                """
                if new.hold <> '\(hold)' then return null; end if;
                with gone as (delete from rota.held where run_id = new.run_id returning run_id, due_at)
                insert into rota.ready
                select f.* from gone g
                join rota.run r on r.id = g.run_id and r.due_at = g.due_at
                cross join lateral rota.as_ready(r, rota.now(), rota.now(), null, 0::smallint, 0::smallint) f;
                return null;
                """)
    }

    /// Two workers that come at one time count the same. A moment between counting and noting makes it likely, and that
    /// each of them takes one run at a time.
    private static var unlockGroups: String {
        change("admit", "order by g.id for update skip locked", "order by g.id") + ";"
            + change(
                "admit", "room := rota.room_in(groups);", "room := rota.room_in(groups); perform pg_sleep(0.1);")
            + ";" + change("pick", "limit p_most", "limit 1")
    }

    /// A second planning of what was planned: the same run again.
    private static var secondRun: String {
        "drop index rota.one_run_a_target_and_moment;"
            + trigger(
                "after insert on rota.ready",
                """
                with again as (
                    insert into rota.run (assignment_id, job_id, revision, client_id, asset_id, lane, queue, priority,
                        due_at, due_by, made_at)
                    select assignment_id, job_id, revision, client_id, asset_id, lane, queue, priority, due_at, due_by,
                        made_at
                    from rota.run r
                    where r.id = new.run_id and r.lane = 'proactive' and not exists (
                        select from rota.run o
                        where o.assignment_id = r.assignment_id and o.due_at = r.due_at and o.id <> r.id)
                    returning *
                )
                insert into rota.ready
                select f.* from again a
                cross join lateral rota.as_ready(a, rota.now(), rota.now(), null, 0::smallint, 0::smallint) f;
                return null;
                """)
    }

    private static var sayYes: String {
        change("finish", "    return ended;", "    return p_attempts;") + ";"
            + change("release", "return released;", "return cardinality(p_attempts);") + ";"
            + change(
                "renew", "    return query",
                "    return query select a, false from unnest(p_attempts) a where a / 1000 <> all (select id from rota.lease);"
                    + " return query")
    }
}
