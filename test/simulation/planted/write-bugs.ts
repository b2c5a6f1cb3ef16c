import type { ClusterLink } from '@spillway/application';
import type { SimulatedMesh } from '@spillway/adapter-cluster';
import { fieldsOf, listOf, type IstioObject, type LiveObject } from '@spillway/domain-istio';
import type { Site } from '../site.js';
import type { Bug } from './bug.js';

const keyOf = ({ kind, metadata: { namespace, name } }: IstioObject | LiveObject) => ({
  kind,
  namespace,
  name,
});

const versionOf = (mesh: SimulatedMesh, object: IstioObject) => {
  const resourceVersion = mesh.apiServer.find(keyOf(object))?.metadata.resourceVersion;
  return resourceVersion === undefined ? {} : { resourceVersion };
};

/** A link that does some things in another way. */
const link =
  (change: (real: ClusterLink, site: Site) => Partial<ClusterLink>): Bug['plant'] =>
  (site) => ({ link: (real) => ({ ...real, ...change(real, site) }) });

function withMore(object: IstioObject): IstioObject {
  const copy = structuredClone(object);
  const [first] = listOf(fieldsOf(copy.spec)['http']);
  const [stable, candidate] = listOf(fieldsOf(first)['route']).map(fieldsOf);
  const weight = Number(candidate?.['weight'] ?? 0);
  if (stable === undefined || candidate === undefined || weight === 0 || weight > 40) return object;
  Object.assign(candidate, { weight: weight * 2 });
  Object.assign(stable, { weight: 100 - weight * 2 });
  return copy;
}

/** What it was told of these kinds is what it shows, and nothing of it is ever done. */
function believing(real: ClusterLink, kinds: readonly IstioObject['kind'][]): Partial<ClusterLink> {
  const told = new Map<string, LiveObject>();
  return {
    apply: (object, expected) => {
      if (!kinds.includes(object.kind)) return real.apply(object, expected);
      const metadata = { ...object.metadata, resourceVersion: 'believed', managers: [] };
      told.set(`${object.kind} ${object.metadata.name}`, { ...object, metadata } as LiveObject);
      return Promise.resolve({ kind: 'applied' });
    },
    routing: (service) => {
      const live = real.routing(service);
      const name = `${service.service.slice(service.service.indexOf('/') + 1)}-spillway`;
      const virtualService = told.get(`VirtualService ${name}`);
      const destinationRule = told.get(`DestinationRule ${name}`);
      return (
        live && {
          ...live,
          ...(virtualService && { virtualService }),
          ...(destinationRule && { destinationRule }),
        }
      );
    },
  };
}

/** Writes what was written last as soon as anybody changes it, and tells nobody. */
function keeper(mesh: SimulatedMesh): void {
  const last = new Map<string, LiveObject>();
  mesh.apiServer.onChange(({ after }) => {
    if (after?.kind !== 'VirtualService') return;
    const { name } = after.metadata;
    if (after.metadata.managers[0]?.name === 'spillway') return void last.set(name, after);
    const before = last.get(name);
    if (before === undefined) return;
    const { resourceVersion } = after.metadata;
    mesh.apiServer.apply({ ...before, apiVersion: 'networking.istio.io/v1' } as IstioObject, {
      resourceVersion,
    });
  });
}

/** Bugs of who writes to clusters. */
export const writeBugs: readonly Bug[] = [
  {
    name: 'fence skipped',
    often: ['stoppedAtWrite', 'stoppedAtAnother', 'abort', 'order'],
    says: 'an object is written whatever version of it is there',
    plant: () => ({
      mesh: (mesh) => {
        const { apiServer } = mesh;
        const real = apiServer.apply.bind(apiServer);
        apiServer.apply = (object) => real(object, versionOf(mesh, object));
      },
    }),
  },
  {
    name: 'conflict overridden',
    often: ['stoppedAtWrite', 'stoppedAtAnother', 'abort', 'order'],
    says: 'after a conflict the same object is written over what is there by then',
    plant: link((real, site) => ({
      apply: async (object, expected) => {
        const outcome = await real.apply(object, expected);
        if (outcome.kind !== 'conflict') return outcome;
        return real.apply(object, versionOf(site.mesh(real.cluster), object));
      },
    })),
  },
  {
    name: 'weight before subset',
    often: ['start', 'startAnother', 'workerStopped'],
    says: 'a route names a subset before it is defined',
    plant: link((real) => believing(real, ['DestinationRule'])),
  },
  {
    name: 'weight above its step',
    often: ['start', 'order'],
    says: 'the candidate gets twice what its step says',
    plant: link((real) => ({
      apply: (object, expected) => real.apply(withMore(object), expected),
    })),
  },
  {
    name: 'an answer is believed',
    often: ['start', 'answerLost'],
    says: 'what a cluster was told counts as what it has, so that a release succeeds without it',
    plant: link((real) =>
      real.cluster === 'eu-west' ? believing(real, ['VirtualService', 'DestinationRule']) : {},
    ),
  },
  {
    name: 'an edit is undone silently',
    often: ['weightsEdited', 'weightsEditedAgain', 'routeRemoved'],
    says: 'somebody’s edit is written over before anybody notes it',
    plant: () => ({ mesh: keeper }),
  },
  {
    name: 'notes of others wiped',
    often: ['noteWritten', 'start', 'order'],
    says: 'an apply replaces the whole object, with what others wrote on it',
    plant: () => ({
      mesh: (mesh) => {
        const { apiServer } = mesh;
        const real = apiServer.apply.bind(apiServer);
        apiServer.apply = (object, expected) => {
          const found = apiServer.find(keyOf(object));
          if (found?.metadata.resourceVersion !== expected.resourceVersion) {
            return real(object, expected);
          }
          const { labels, annotations } = object.metadata;
          apiServer.put({ ...keyOf(object), labels, annotations, spec: object.spec }, 'spillway');
          return { kind: 'applied' };
        };
      },
    }),
  },
];
