import type {
  ClusterDocument,
  EgressPolicyDocument,
  FreezeWindowDocument,
  MemberDocument,
  NotificationDocument,
  ReleaseDocument,
  RuleDocument,
  ServiceDocument,
  SourceDocument,
  SpillwayClient,
  StrategyDocument,
  WebhookDocument,
} from '@spillway/sdk';

export type Kind =
  | 'Cluster'
  | 'Source'
  | 'Webhook'
  | 'Rule'
  | 'Notification'
  | 'Member'
  | 'Service'
  | 'Strategy'
  | 'EgressPolicy'
  | 'FreezeWindow'
  | 'Release';

/** A document’s fields. Only those that say which it is are known here; the server knows the rest. */
export type Body = Readonly<Record<string, unknown>>;

interface Handling {
  /** What others refer to goes first. */
  readonly turn: number;
  /** The field that says which one it is. */
  readonly nameField: 'name' | 'service';
  readonly nameForm: RegExp;
  readonly nameHint: string;
  send(client: SpillwayClient, body: Body): Promise<Sent>;
}

export interface Sent {
  readonly view: unknown;
  /** What became of it, in words. */
  readonly outcome: string;
}

const anyName = { nameForm: /^[^/]+$/, nameHint: 'a name' };
const serviceName = { nameForm: /^[^/]+\/[^/]+$/, nameHint: 'namespace/name' };

/** The casts are honest guesses: the server checks every field and names the wrong one. */
export const handling: Readonly<Record<Kind, Handling>> = {
  Cluster: {
    turn: 0,
    nameField: 'name',
    ...anyName,
    send: async (client, body) => ({
      view: await client.clusters.put(body as ClusterDocument),
      outcome: 'applied',
    }),
  },
  Source: {
    turn: 0,
    nameField: 'name',
    ...anyName,
    send: async (client, body) => ({
      view: await client.sources.put(body as SourceDocument),
      outcome: 'applied',
    }),
  },
  Notification: {
    turn: 0,
    nameField: 'name',
    ...anyName,
    send: async (client, body) => ({
      view: await client.notifications.put(body as NotificationDocument),
      outcome: 'applied',
    }),
  },
  Member: {
    turn: 0,
    nameField: 'name',
    ...anyName,
    send: async (client, body) => ({
      view: await client.members.put(body as MemberDocument),
      outcome: 'applied',
    }),
  },
  Webhook: {
    turn: 0,
    nameField: 'name',
    ...anyName,
    send: async (client, body) => ({
      view: await client.webhooks.put(body as WebhookDocument),
      outcome: 'applied',
    }),
  },
  Service: {
    turn: 1,
    nameField: 'name',
    ...serviceName,
    send: async (client, body) => ({
      view: await client.services.put(body as ServiceDocument),
      outcome: 'applied',
    }),
  },
  Strategy: {
    turn: 1,
    nameField: 'name',
    ...anyName,
    send: async (client, body) => {
      const view = await client.strategies.put(body as StrategyDocument);
      return { view, outcome: `applied as version ${view.version}` };
    },
  },
  EgressPolicy: {
    turn: 1,
    nameField: 'name',
    ...anyName,
    send: async (client, body) => {
      const view = await client.egressPolicies.put(body as EgressPolicyDocument);
      return { view, outcome: `applied as generation ${view.generation}, ${view.mode}` };
    },
  },
  Rule: {
    turn: 2,
    nameField: 'name',
    ...anyName,
    send: async (client, body) => ({
      view: await client.rules.put(body as RuleDocument),
      outcome: 'applied',
    }),
  },
  FreezeWindow: {
    turn: 1,
    nameField: 'name',
    ...anyName,
    send: async (client, body) => ({
      view: await client.freezeWindows.put(body as FreezeWindowDocument),
      outcome: 'applied',
    }),
  },
  Release: {
    turn: 2,
    nameField: 'service',
    ...serviceName,
    send: async (client, body) => {
      const view = await client.releases.start(body as ReleaseDocument);
      return { view, outcome: `started as ${view.id}` };
    },
  },
};

export const kinds = Object.keys(handling) as readonly Kind[];

export const isKind = (written: unknown): written is Kind =>
  typeof written === 'string' && Object.hasOwn(handling, written);
