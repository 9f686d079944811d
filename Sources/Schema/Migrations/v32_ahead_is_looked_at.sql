-- Whatever holds what was made ahead of its time, it is looked at when it is due: then it is judged as what is made then. What was
-- made by a scheduler before this version is looked at once, and put down so.
update rota.assignment a set wake_at = least(a.wake_at, rota.now())
where a.removed_at is null and exists (
    select from rota.held h where h.assignment_id = a.id and h.due_at > rota.now());
