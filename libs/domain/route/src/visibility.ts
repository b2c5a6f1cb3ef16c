/**
 * How an object reaches a client's namespace. The order is that in which a proxy
 * looks through VirtualServices: its own private ones come before everybody's.
 */
export const reaches = ['private', 'exported', 'public'] as const;

export type Reach = (typeof reaches)[number];

/** `undefined` when the client cannot see the object at all. Nothing written means public. */
export function reachOf(
  exportTo: readonly string[],
  owner: string,
  client: string,
): Reach | undefined {
  if (exportTo.length === 0 || exportTo.includes('*')) return 'public';
  if (exportTo.includes('~')) return undefined;
  if (owner === client && (exportTo.includes('.') || exportTo.includes(owner))) return 'private';
  return owner !== client && exportTo.includes(client) ? 'exported' : undefined;
}

export const isVisible = (exportTo: readonly string[], owner: string, client: string): boolean =>
  reachOf(exportTo, owner, client) !== undefined;
