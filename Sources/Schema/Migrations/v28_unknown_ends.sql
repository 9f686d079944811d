-- What is held because nobody knows how it ended is listed among what waits for people: there are few of them, however much else
-- is held.
create index held_unknown on rota.held (run_id) where hold = 'unknown';
