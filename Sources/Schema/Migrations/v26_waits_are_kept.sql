-- A run that waits for a time (before a further attempt, or until its target may be there) and is held meanwhile forgot that time:
-- released early it started at once, in the very opening for which its target had been away.
-- Null where it does not wait for a time.
alter table rota.held add column not_before timestamptz;
