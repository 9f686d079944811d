-- A plan that was made while a table was empty, and known to be, reads all of it: and sessions keep their plans until somebody looks
-- at the table again. Where the server had just looked at empty tables (a vacuum at night), a new run cost 100 us more with
-- 200,000 others beside it. What is checked of arriving and departing runs is looked up by its key, whatever is known.
alter function rota.check_arrival() set enable_seqscan to off;
alter function rota.check_departure() set enable_seqscan to off;
alter function rota.check_lease_arrival() set enable_seqscan to off;
alter function rota.check_lease_departure() set enable_seqscan to off;
