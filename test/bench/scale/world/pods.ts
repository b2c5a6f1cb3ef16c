import { indexesIn, nameOf, versions } from './names.js';

interface Item {
  readonly metadata: Readonly<Record<string, unknown>>;
}

const podsOf = (name: string) =>
  versions.map((version) => ({ name: `${name}-${version}`, labels: { app: name, version } }));

/** Two ready pods of each service, as a list of their metadata alone. */
export const podsIn = (namespace: string): readonly Item[] =>
  indexesIn(namespace).flatMap((index) =>
    podsOf(nameOf(index)).map(({ name, labels }) => ({
      metadata: { name, namespace, uid: `uid-${name}`, resourceVersion: '1', labels },
    })),
  );

/** The slice of the service that the selector names; those of all where there is none. */
export function slicesIn(namespace: string, selector: string | null): readonly Item[] {
  const [, only] = /kubernetes\.io\/service-name=(.+)/.exec(selector ?? '') ?? [];
  const names = only === undefined ? indexesIn(namespace).map(nameOf) : [only];
  return names.map((name) => ({
    metadata: {
      name: `${name}-slice`,
      namespace,
      uid: `uid-${name}-slice`,
      resourceVersion: '1',
      labels: { 'kubernetes.io/service-name': name },
    },
    endpoints: podsOf(name).map((pod) => ({
      addresses: ['10.0.0.1'],
      conditions: { ready: true },
      targetRef: { kind: 'Pod', name: pod.name },
    })),
  }));
}
