-- One turn of a worker: what it has in hand ends, and it takes the next after the place where it is. The next turn's result
-- ends what this one took.
with gone as (
    delete from reference.lease where worker = :client_id returning runs
), done as (
    insert into reference.done select r, 'succeeded', clock_timestamp(), :client_id from gone, unnest(runs) r
), taken as (
    delete from reference.ready where ctid = any (array(
        select ctid from reference.ready where (turn, run_id) > (:turn::timestamptz, :run)
        order by turn, run_id limit :batch for update skip locked))
    returning turn, run_id
), lease as (
    insert into reference.lease
    select :client_id, array_agg(run_id), clock_timestamp() + interval '30 s' from taken having count(*) > 0
)
select coalesce(max(turn), '-infinity') as turn, coalesce(max(run_id), 0) as run from taken \gset
