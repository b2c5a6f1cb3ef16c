import { fieldsOf, listOf } from '@spillway/domain-istio';
import type { SimulatedMesh } from '@spillway/adapter-cluster';
import type { Dice } from '../dice.js';
import type { Night } from '../night.js';

interface Edited {
  readonly mesh: SimulatedMesh;
  readonly name: string;
  readonly host: string;
}

/** Somebody else writes to a cluster. */
const byHand =
  (edit: (about: Edited, dice: Dice) => string | undefined) =>
  (night: Night, dice: Dice): string | undefined => {
    const cluster = dice.one(night.clusters);
    const { service, host } = dice.one(night.services);
    const name = service.slice(service.indexOf('/') + 1);
    const text = edit({ mesh: night.site.mesh(cluster), name, host }, dice);
    if (text !== undefined) night.fault(cluster);
    return text && `${cluster}: somebody ${text}`;
  };

const ours = (name: string) =>
  ({ kind: 'VirtualService', namespace: 'shop', name: `${name}-spillway` }) as const;

export const foreignRule = ({ name, host }: Omit<Edited, 'mesh'>) =>
  ({
    kind: 'DestinationRule',
    namespace: 'shop',
    name: `${name}-defaults`,
    spec: { host },
  }) as const;

const weights = byHand(({ mesh, name }, dice) => {
  const key = ours(name);
  if (mesh.apiServer.find(key) === undefined) return undefined;
  const weight = dice.one([0, 50, 100]);
  mesh.editByHand(key, (spec) => withWeight(spec, weight));
  return `edits the weights of ${name} to ${weight}`;
});

function withWeight(spec: unknown, weight: number): unknown {
  const edited = structuredClone(spec) as { http?: unknown };
  const [first] = listOf(edited.http);
  const entries = listOf(fieldsOf(first)['route']).map(fieldsOf);
  for (const [i, entry] of entries.entries()) {
    if (entries.length === 2) Object.assign(entry, { weight: i === 0 ? 100 - weight : weight });
  }
  return edited;
}

/** What others do to objects, ours and theirs. */
export const editActs = {
  weightsEdited: weights,
  weightsEditedAgain: weights,
  noteWritten: byHand(({ mesh, name }) => {
    const found = mesh.apiServer.find(ours(name));
    if (found === undefined) return undefined;
    const { metadata, spec } = found;
    const annotations = { ...metadata.annotations, 'team.test/note': 'ours' };
    mesh.put({ ...ours(name), labels: metadata.labels, annotations, spec }, 'kubectl');
    return `annotates the route of ${name}`;
  }),
  routeRemoved: byHand(({ mesh, name }) => {
    if (mesh.apiServer.find(ours(name)) === undefined) return undefined;
    mesh.remove(ours(name));
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
