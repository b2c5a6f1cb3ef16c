import {
  deployPlayground,
  type PlaygroundDeployment,
  type SimulatedMesh,
} from '@spillway/adapter-cluster';
import { ownershipOf, routingName, type Ownership } from '@spillway/domain-istio';

const namespace = 'shop';

/** Pods of both versions together where they are the weights. */
export const pods = 8;

/** As often as each is there. */
export const kindsOfOwner = [
  'managed',
  'managed',
  'managed',
  'adopted',
  'delegate',
  'replicas',
] as const satisfies readonly Ownership['kind'][];

export function ownershipFor(kind: Ownership['kind'], name: string): Ownership {
  switch (kind) {
    case 'managed':
      return { kind };
    case 'adopted':
      return { kind, virtualService: { namespace, name } };
    case 'delegate':
      return { kind, virtualService: { namespace, name: `${name}-routes` } };
    case 'replicas':
      return { kind, deployment: `${name}-{version}`, total: pods };
  }
}

/** The VirtualService that people have for a service, whose routing is not Spillway's alone. */
export const peoples = (name: string) => ({ kind: 'VirtualService', namespace, name }) as const;

/** A service with all that people have of it in a cluster. */
export function deployOwned(mesh: SimulatedMesh, deployment: PlaygroundDeployment): void {
  const { service, stable, versions } = deployment;
  const { ownership: _whoever, ...plain } = service;
  deployPlayground(mesh, { ...deployment, service: plain });
  const { kind } = ownershipOf(service);
  if (kind === 'managed') return;
  const own = routingName(service);
  for (const made of ['VirtualService', 'DestinationRule'] as const) {
    mesh.remove({ kind: made, ...own });
  }
  const name = own.name.slice(0, own.name.lastIndexOf('-'));
  if (kind === 'adopted') putAdopted(mesh, name, stable);
  if (kind === 'delegate') putRoot(mesh, name);
  if (kind !== 'replicas') return;
  for (const { version } of versions) {
    mesh.deployments.deploy(service, version, version === stable ? pods : 0);
  }
}

function putAdopted(mesh: SimulatedMesh, name: string, stable: string): void {
  const subsets = [{ name: stable, labels: { version: stable } }];
  mesh.put({ kind: 'DestinationRule', namespace, name, spec: { host: name, subsets } });
  const old = {
    match: [{ uri: { prefix: '/old' } }],
    route: [{ destination: { host: 'archive' } }],
  };
  const everyone = { timeout: '2s', route: [{ destination: { host: name, subset: stable } }] };
  mesh.put({
    ...peoples(name),
    labels: { team: 'shop' },
    spec: {
      hosts: [name],
      http: [
        { name: 'old', ...old },
        { name: 'everyone', ...everyone },
      ],
    },
  });
}

function putRoot(mesh: SimulatedMesh, name: string): void {
  const all = { match: [{ uri: { prefix: '/' } }], delegate: { name: `${name}-routes` } };
  mesh.put({ ...peoples(name), spec: { hosts: [name], http: [{ ...all, timeout: '3s' }] } });
}
