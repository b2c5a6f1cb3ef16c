import { roles, type Role } from '@spillway/domain-access';
import type { UseCases } from '../use-case/use-cases.js';
import { whereRuleReleases, type Where } from './where.js';

export type OperationName = keyof UseCases;

/** Who may do it, and what it is about. */
export interface Operation<Args extends readonly unknown[]> {
  /** A change needs the role in all of the place, a read in a part of it. */
  readonly effect: 'read' | 'change';
  readonly roles: readonly Role[];
  /** Whoever is known may, with any role or with none. */
  readonly isOpen?: true;
  readonly where: (...args: Args) => Where | readonly Where[];
}

type Operations = { readonly [Name in OperationName]: Operation<Parameters<UseCases[Name]>> };

const everybody = roles;
const releasers = ['releaser', 'operator', 'admin'] as const;
const judges = ['releaser', 'approver', 'operator', 'admin'] as const;
const operators = ['operator', 'admin'] as const;

const everywhere = { kind: 'everywhere' } as const satisfies Where;
const all = { kind: 'all' } as const satisfies Where;
const somewhere = { kind: 'somewhere' } as const satisfies Where;

const read = <Args extends readonly unknown[]>(
  allowed: readonly Role[],
  where: Operation<Args>['where'],
): Operation<Args> => ({ effect: 'read', roles: allowed, where });

const change = <Args extends readonly unknown[]>(
  allowed: readonly Role[],
  where: Operation<Args>['where'],
): Operation<Args> => ({ effect: 'change', roles: allowed, where });

const admins = ['admin'] as const;

/** Whoever is known may. */
const open = (): Operation<readonly unknown[]> => ({
  effect: 'read',
  roles: everybody,
  isOpen: true,
  where: () => everywhere,
});

/** The authorization matrix: each use case, the roles that may call it, and where the role must hold. */
export const operations: Operations = {
  createToken: change(admins, () => everywhere),
  rotateToken: change(admins, () => everywhere),
  revokeToken: change(admins, () => everywhere),
  getToken: read(admins, () => all),
  listTokens: read(admins, () => all),
  putMember: change(admins, () => everywhere),
  removeMember: change(admins, () => everywhere),
  getMember: read(admins, () => all),
  listMembers: read(admins, () => all),
  listAudit: read(admins, () => all),
  verifyAudit: read(admins, () => all),
  // Also for who may do nothing else: to be told so.
  whoAmI: open(),

  // Where a cluster is to be is not known before it is there: a limited grant adds none.
  putCluster: change(operators, () => everywhere),
  getCluster: read(everybody, (name) => ({ kind: 'cluster', name })),
  getClusters: read(everybody, () => somewhere),
  listClusters: read(everybody, () => somewhere),
  removeCluster: change(operators, () => everywhere),
  probeCluster: read(operators, (name) => ({ kind: 'cluster', name })),

  putService: change(operators, ({ service, clusters }) => ({
    kind: 'service',
    name: service,
    clusters,
  })),
  getService: read(everybody, (name) => ({ kind: 'service', name })),
  getServices: read(everybody, () => somewhere),
  listServices: read(everybody, () => somewhere),

  putStrategy: change(operators, () => everywhere),
  getStrategy: read(everybody, () => everywhere),
  getStrategyVersions: read(everybody, () => somewhere),
  listStrategies: read(everybody, () => somewhere),

  putEgressPolicy: change(operators, ({ namespace, clusters }) => ({
    kind: 'namespace',
    name: namespace,
    clusters,
  })),
  enforceEgress: change(operators, ({ namespace }) => ({ kind: 'namespace', name: namespace })),
  rollbackEgress: change(operators, ({ namespace }) => ({ kind: 'namespace', name: namespace })),
  getEgressPolicy: read(everybody, (name) => ({ kind: 'namespace', name })),
  listEgressPolicies: read(everybody, () => somewhere),
  reportEgress: read(everybody, (name) => ({ kind: 'namespace', name })),

  putSecret: change(operators, () => everywhere),
  listSecrets: read(operators, () => everywhere),
  removeSecret: change(operators, () => everywhere),

  putSource: change(operators, () => everywhere),
  getSource: read(everybody, () => everywhere),
  listSources: read(everybody, () => somewhere),
  removeSource: change(operators, () => everywhere),

  putNotification: change(operators, () => everywhere),
  getNotification: read(releasers, () => everywhere),
  listNotifications: read(releasers, () => somewhere),
  removeNotification: change(operators, () => everywhere),
  testNotification: change(operators, () => everywhere),
  // Deliveries tell of releases of any namespace.
  getOutgoingDelivery: read(releasers, () => all),
  listOutgoingDeliveries: read(releasers, () => all),
  redeliverOutgoing: change(operators, () => everywhere),

  putWebhook: change(operators, () => everywhere),
  getWebhook: read(releasers, () => everywhere),
  listWebhooks: read(releasers, () => somewhere),
  removeWebhook: change(operators, () => everywhere),
  // Whoever knows a secret of the webhook: the signature says so, and no role.
  receiveDelivery: { effect: 'change', roles: [], where: () => [] },
  getReceivedDelivery: read(releasers, () => all),
  listReceivedDeliveries: read(releasers, () => all),
  redeliverReceived: change(releasers, () => everywhere),
  // By who may do what it does, and what the one of its name did before.
  putRule: change(releasers, (rule) => [
    whereRuleReleases(rule),
    { kind: 'rule', name: rule.name },
  ]),
  getRule: read(everybody, () => everywhere),
  listRules: read(everybody, () => somewhere),
  removeRule: change(releasers, () => everywhere),
  testRule: read(releasers, ({ about }) => (about.kind === 'delivery' ? all : everywhere)),

  pushMeasurements: change(releasers, ({ measurements }) =>
    [...new Set(measurements.map(({ service }) => service))].map((name): Where => ({
      kind: 'service',
      name,
    })),
  ),

  planRelease: read(everybody, ({ service }) => ({ kind: 'service', name: service })),
  startRelease: change(releasers, ({ service }) => ({ kind: 'service', name: service })),
  commandRelease: change(releasers, ({ release }) => ({ kind: 'release', id: release })),
  retryRelease: change(releasers, ({ release }) => ({ kind: 'release', id: release })),
  undoRelease: change(releasers, ({ release }) => ({ kind: 'release', id: release })),
  changeReleaseStrategy: change(releasers, ({ release }) => ({ kind: 'release', id: release })),
  // The gate itself says who of them.
  approveRelease: change(judges, ({ release }) => ({ kind: 'release', id: release })),
  rejectRelease: change(judges, ({ release }) => ({ kind: 'release', id: release })),
  listApprovalsWaiting: read(everybody, () => somewhere),
  overrideFreeze: change(operators, ({ release }) => ({ kind: 'release', id: release })),
  setGate: change(judges, ({ service }) => ({ kind: 'service', name: service })),
  listGates: read(everybody, (name) => ({ kind: 'service', name })),
  putFreezeWindow: change(operators, () => everywhere),
  getFreezeWindow: read(everybody, () => everywhere),
  listFreezeWindows: read(everybody, () => somewhere),
  removeFreezeWindow: change(operators, () => everywhere),
  getRelease: read(everybody, (id) => ({ kind: 'release', id })),
  getReleases: read(everybody, () => somewhere),
  getRunningReleases: read(everybody, () => somewhere),
  listReleases: read(everybody, () => somewhere),
  listEvents: read(everybody, (id) => ({ kind: 'release', id })),
  listHookCalls: read(everybody, (id) => ({ kind: 'release', id })),
  listLooks: read(everybody, (id) => ({ kind: 'release', id })),
  watchRelease: read(everybody, (id) => ({ kind: 'release', id })),
  followRelease: read(everybody, ({ release }) => ({ kind: 'release', id: release })),
  getFeedPosition: read(everybody, () => somewhere),
  followReleases: read(everybody, () => somewhere),
};
