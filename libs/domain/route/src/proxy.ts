import { isGateway, sameName } from './mesh.js';
import type { Client } from './mesh.js';
import type { KnownMesh } from './known-mesh.js';
import { meshGateway } from './read/client-match.js';
import type { ClientMatch } from './read/client-match.js';
import type { Gateway } from './read/gateway.js';

export type Labels = Readonly<Record<string, string>>;

/** The proxy that a configuration is compiled for. */
export interface Proxy {
  readonly namespace: string;
  readonly labels: Labels;
  /** The Gateways whose selector its pods fit; `undefined` for a sidecar. */
  readonly gateways?: readonly Gateway[];
}

export function proxyOf(mesh: KnownMesh, client: Client): Proxy {
  if (!isGateway(client)) return { namespace: client.namespace, labels: client.labels ?? {} };
  const [namespace = '', name = ''] = client.gateway.split('/', 2);
  const named = mesh.gateways.find((gateway) => sameName(gateway, { namespace, name }));
  const labels = client.labels ?? named?.selector ?? {};
  return {
    namespace: client.namespace ?? namespace,
    labels,
    gateways: named ? mesh.gateways.filter(({ selector }) => isPartOf(selector, labels)) : [],
  };
}

export const isPartOf = (wanted: Labels, labels: Labels): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** The compile-time half of a match: where a proxy listens and what it is. */
export interface Listener {
  readonly proxy: Proxy;
  readonly port: number;
  /** The gateway that the listener is for; `mesh` for a sidecar. */
  readonly gateway: string;
}

export const sidecarListener = (proxy: Proxy, port: number): Listener => ({
  proxy,
  port,
  gateway: meshGateway,
});

/**
 * Why an HTTP match block is not for this listener; `undefined` when it is. Once
 * a block names gateways, its source labels and namespace are not looked at.
 */
export function notForHttp(match: ClientMatch, listener: Listener): string | undefined {
  if (match.port !== undefined && match.port !== listener.port) return otherPort(match.port);
  if (match.gateways.length > 0) return otherGateway(match, listener);
  return otherSource(match, listener);
}

/** The same for `tcp` and `tls` blocks: there, everything that is written counts. */
export const notForL4 = (match: ClientMatch, listener: Listener): string | undefined =>
  otherGateway(match, listener) ??
  otherSource(match, listener) ??
  (match.port === undefined || match.port === listener.port ? undefined : otherPort(match.port));

const otherPort = (port: number): string => `it is for port ${port}`;

export const otherGateway = (
  { gateways }: ClientMatch,
  { gateway }: Listener,
): string | undefined =>
  gateways.length === 0 || gateways.includes(gateway)
    ? undefined
    : `it is for ${gateways.join(', ')}, and this is ${gateway}`;

function otherSource(match: ClientMatch, { proxy }: Listener): string | undefined {
  const missing = Object.entries(match.sourceLabels).find(
    ([key, value]) => proxy.labels[key] !== value,
  );
  if (missing) return `it is for clients labelled ${missing.join('=')}`;
  const { sourceNamespace } = match;
  return sourceNamespace === undefined || sourceNamespace === proxy.namespace
    ? undefined
    : `it is for clients in namespace ${sourceNamespace}`;
}
