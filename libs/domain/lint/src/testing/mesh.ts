import type { MeshObject } from '@spillway/domain-istio';
import { anObject } from './an-object.js';

interface PortLike {
  readonly name?: string;
  readonly port: number;
  readonly [field: string]: unknown;
}

/** A Service whose pods carry `app: <name>`; on port 80, named http, unless said otherwise. */
export function aService(
  place: string,
  ports: readonly PortLike[] = [{ name: 'http', port: 80 }],
  rest: object = {},
): MeshObject {
  return anObject('Service', place, { selector: { app: place.split('/')[1] }, ports, ...rest });
}

export const aPod = (place: string, labels: Readonly<Record<string, string>>): MeshObject =>
  anObject('Pod', place, {}, { labels });

/** A VirtualService in the mesh with one http rule; each destination as `host`, `host subset` or a map. */
export function aVirtualService(
  place: string,
  host: string,
  destinations: readonly (string | object)[],
  rest: object = {},
): MeshObject {
  const route = destinations.map((one) =>
    typeof one === 'string' ? { destination: to(one) } : one,
  );
  return anObject('VirtualService', place, { hosts: [host], http: [{ route }], ...rest });
}

/** `catalog v2` → the subset v2 of the host catalog. */
export function to(text: string): object {
  const [host, subset] = text.split(' ');
  return subset === undefined ? { host } : { host, subset };
}

/** A DestinationRule with a subset for each version, by the label `version`. */
export function aDestinationRule(
  place: string,
  host: string,
  versions: readonly string[],
  rest: object = {},
): MeshObject {
  const subsets = versions.map((name) => ({ name, labels: { version: name } }));
  return anObject('DestinationRule', place, { host, subsets, ...rest });
}

/** A Gateway of the pods `istio: ingressgateway` with one HTTP server on port 80. */
export function aGateway(place: string, hosts: readonly string[], rest: object = {}): MeshObject {
  const port = { number: 80, name: 'http', protocol: 'HTTP' };
  const selector = { istio: 'ingressgateway' };
  return anObject('Gateway', place, { selector, servers: [{ port, hosts }], ...rest });
}
