import {
  fieldsOf,
  listOf,
  ownershipOf,
  virtualServicePlace,
  type MeshService,
} from '@spillway/domain-istio';
import { splitServiceName } from '@spillway/kernel';
import type { SimulatedMesh } from '@spillway/adapter-cluster';
import type { Dice } from '../dice.js';
import type { Night } from '../night.js';
import { peoples } from '../owned.js';

interface Edited {
  readonly mesh: SimulatedMesh;
  readonly service: MeshService;
  readonly name: string;
  readonly host: string;
}

/** Somebody else writes to a cluster. */
const byHand =
  (edit: (about: Edited, dice: Dice) => string | undefined) =>
  (night: Night, dice: Dice): string | undefined => {
    const cluster = dice.one(night.clusters);
    const service = dice.one(night.services);
    const { host } = service;
    const { name } = splitServiceName(service.service);
    const text = edit({ mesh: night.site.mesh(cluster), service, name, host }, dice);
    if (text !== undefined) night.fault(cluster);
    return text && `${cluster}: somebody ${text}`;
  };

const routeOf = (service: MeshService) =>
  ({ kind: 'VirtualService', ...virtualServicePlace(service) }) as const;

export const foreignRule = ({ name, host }: Pick<Edited, 'name' | 'host'>) =>
  ({
    kind: 'DestinationRule',
    namespace: 'shop',
    name: `${name}-defaults`,
    spec: { host },
  }) as const;

const weights = byHand(({ mesh, service, name }, dice) => {
  const key = routeOf(service);
  if (mesh.apiServer.find(key) === undefined) return undefined;
  const weight = dice.one([0, 50, 100]);
  mesh.editByHand(key, (spec) => withWeight(spec, weight));
  return `edits the weights of ${name} to ${weight}`;
});

function withWeight(spec: unknown, weight: number): unknown {
  const edited = structuredClone(spec) as { http?: unknown };
  for (const { route } of listOf(edited.http).map(fieldsOf)) {
    const [stable, candidate] = listOf(route).map(fieldsOf);
    if (stable === undefined || candidate === undefined) continue;
    Object.assign(stable, { weight: 100 - weight });
    Object.assign(candidate, { weight });
  }
  return edited;
}

/** Of the VirtualService that people have beside ours, or that ours are put into. */
const leaf = byHand(({ mesh, name }, dice) => {
  const key = peoples(name);
  if (mesh.apiServer.find(key) === undefined) return undefined;
  const timeout = `${1 + dice.under(30)}s`;
  mesh.editByHand(key, (spec) => withTimeout(spec, name, timeout));
  return `gives requests to ${name} ${timeout}`;
});

function withTimeout(spec: unknown, name: string, timeout: string): unknown {
  const http = listOf(fieldsOf(spec)['http']).map(fieldsOf);
  const isOwn = (route: object) => 'name' in route && String(route.name).startsWith(`${name}.`);
  return {
    ...fieldsOf(spec),
    http: http.map((route) => (isOwn(route) ? route : { ...route, timeout })),
  };
}

/** What others do to objects, ours and theirs. */
export const editActs = {
  weightsEdited: weights,
  weightsEditedAgain: weights,
  leafEdited: leaf,
  leafEditedAgain: leaf,
  noteWritten: byHand(({ mesh, service, name }) => {
    const found = mesh.apiServer.find(routeOf(service));
    if (found === undefined) return undefined;
    const { metadata, spec } = found;
    const annotations = { ...metadata.annotations, 'team.test/note': 'ours' };
    mesh.put({ ...routeOf(service), labels: metadata.labels, annotations, spec }, 'kubectl');
    return `annotates the route of ${name}`;
  }),
  routeRemoved: byHand(({ mesh, service, name }) => {
    const key = routeOf(service);
    const isTheirs = ownershipOf(service).kind === 'adopted';
    if (isTheirs || mesh.apiServer.find(key) === undefined) return undefined;
    mesh.remove(key);
    return `removes the route of ${name}`;
  }),
  foreignRule: byHand(({ mesh, name, host }) => {
    mesh.put(foreignRule({ name, host }), 'helm');
    return `puts a rule for ${name} beside ours`;
  }),
  foreignRuleGone: byHand(({ mesh, name, host }) => {
    if (mesh.apiServer.find(foreignRule({ name, host })) === undefined) return undefined;
    mesh.remove(foreignRule({ name, host }));
    return `removes the rule for ${name}`;
  }),
} as const;
