-- Planning asks for pauses that ended since what it looks at was to be looked at first: what was due in one of them is skipped, though
-- no scheduler was there to look.
create index pause_by_end on rota.pause ((coalesce(least(until, resumed_at), 'infinity')));
