import type { ClientBase } from 'pg';
import { StandbyRefused } from './database-error.js';

/** True at a standby, and at a primary that was told to be read-only. */
export const takesNoWrites = `current_setting('transaction_read_only') = 'on'`;

const takesNoWritesSql = `select ${takesNoWrites} as "takesNoWrites"`;

/**
 * Rejects a connection to a server that takes no writes: while a standby takes over, an address may
 * lead to the wrong one for a while, and what is read there may be old.
 */
export async function refuseStandby(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ takesNoWrites: boolean }>(takesNoWritesSql);
  if (rows[0]?.takesNoWrites === true) throw new StandbyRefused();
}
