-- The clock that alone judges what is due and what has expired.
-- Only test databases replace this function, so that a test may move time.

create function rota.now() returns timestamptz
language sql volatile parallel safe
as $$ select clock_timestamp() $$;

comment on function rota.now() is 'The one clock of Rota. Replaced only in test databases.';
