insert into reference.run select n, 1, clock_timestamp() from generate_series(1, :runs) n;
insert into reference.ready select clock_timestamp(), id from reference.run order by id;
vacuum analyze reference.ready;
