/** Services of the bench are numbered; so many share a namespace, as those of a team do. */
const inNamespace = 20;

export const namespaceOf = (index: number): string => `team-${Math.floor(index / inNamespace)}`;
export const nameOf = (index: number): string => `svc-${index}`;
export const serviceOf = (index: number): string => `${namespaceOf(index)}/${nameOf(index)}`;
/** Of the VirtualService that Spillway makes. */
export const routeOf = (index: number): string => `${serviceOf(index)}-spillway`;
export const clusterOf = (index: number): string => `cluster-${index}`;

/** The numbers of those in a namespace. */
export function indexesIn(namespace: string): readonly number[] {
  const first = Number(namespace.replace('team-', '')) * inNamespace;
  return Array.from({ length: inNamespace }, (_, n) => first + n);
}

export const versions = ['v1', 'v2'] as const;
