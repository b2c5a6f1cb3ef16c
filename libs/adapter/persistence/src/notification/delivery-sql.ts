/** Does nothing for an event that the endpoint has been told, or will be. */
export const addDeliverySql = `
  insert into outgoing_deliveries
    (id, endpoint, release, sequence, notice, state, tries, queued_at, due_at, created_at)
  values ($1, $2, $3, $4, $5, 'pending', 0, $6, $6, $6)
  on conflict (endpoint, release, sequence) where sequence > 0 do nothing`;

/** The first that is pending of each release; of those, who has waited longest comes first. */
export const headsSql = `
  select head.id from (
    select distinct on (pending.release) pending.id, pending.due_at, pending.position
    from outgoing_deliveries as pending
    where pending.endpoint = $1 and pending.state = 'pending'
    order by pending.release, pending.position) as head
  order by head.due_at, head.position limit $2`;

/** "skip locked" lets workers forget side by side. Attempts go with their delivery. */
export const forgetSql = `
  delete from outgoing_deliveries where position in (
    select old.position from outgoing_deliveries as old
    where old.state <> 'pending' and old.due_at < $1 limit 500 for update skip locked)`;

export const noticedSql = `
  insert into noticed_releases (release, sequence) values ($1, $2)
  on conflict (release) do update set sequence = excluded.sequence`;
