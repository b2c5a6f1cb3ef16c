import { serviceName, splitServiceName } from '@spillway/kernel';

interface Named {
  readonly name: string;
  readonly host?: string | undefined;
}

export const namespaceOf = ({ name }: Named): string =>
  splitServiceName(serviceName(name)).namespace;

/** A name without dots is that of a Service in the namespace. */
export const inNamespace = (name: string, namespace: string): string =>
  name.includes('.') ? name : `${name}.${namespace}.svc.cluster.local`;

export const hostOfService = ({ name, host }: Named): string =>
  host ?? inNamespace(splitServiceName(serviceName(name)).name, namespaceOf({ name }));
