/** Whoever remembers who somebody is forgets it when this is told; it has no payload. */
export const ACCESS_CHANNEL = 'spillway_access';

/** Delivered when the transaction commits, and not at all when it rolls back. */
export const notifyAccessSql = `select pg_notify('${ACCESS_CHANNEL}', '')`;
