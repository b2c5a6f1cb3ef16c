/** The types whose objects can be asked for by id alone, each with how its ids begin. */
export const idPrefixes = {
  Cluster: 'cluster',
  Service: 'service',
  Strategy: 'strategy',
  Rollout: 'rollout',
  Event: 'event',
  EgressPolicy: 'egressPolicy',
  Source: 'source',
  Token: 'token',
  Member: 'member',
  Notification: 'notification',
  Webhook: 'webhook',
  Rule: 'rule',
  FreezeWindow: 'freezeWindow',
} as const satisfies Record<string, string>;

export type NodeType = keyof typeof idPrefixes;

/** Unique among all objects. The id of a release is its UUID, as everywhere else. */
export const globalId = (type: NodeType, ...key: readonly (string | number)[]): string =>
  [idPrefixes[type], ...key].join(':');

export interface ParsedId {
  readonly type: NodeType | 'Release';
  readonly key: readonly string[];
}

const typeOf = new Map<string, NodeType>(
  (Object.keys(idPrefixes) as NodeType[]).map((type) => [idPrefixes[type], type]),
);

/** `undefined` for a text that no object has as its id. */
export function parseId(id: string): ParsedId | undefined {
  const [prefix = '', ...key] = id.split(':');
  if (key.length === 0) return { type: 'Release', key: [id] };
  const type = typeOf.get(prefix);
  return type === undefined ? undefined : { type, key };
}
