import { fieldsOf, listOf } from '@spillway/domain-istio';
import type { MeshObject } from '@spillway/domain-istio';
import { agedName } from './age.js';
import type { Aged } from './age.js';
import { protocolCalled, protocolOfPort } from './protocol.js';
import type { Protocol } from './protocol.js';
import { defined, givenFields, numberOf, textMapOf, textOf, textsOf } from './value.js';
import type { Fields } from './value.js';

export interface ServicePort {
  readonly number: number;
  readonly name: string;
  readonly protocol: Protocol;
}

/** A name in the registry, from a Kubernetes Service or from one host of a ServiceEntry. */
export interface Service extends Aged {
  readonly hostname: string;
  readonly source: 'Service' | 'ServiceEntry';
  readonly exportTo: readonly string[];
  readonly ports: readonly ServicePort[];
  readonly addresses: readonly string[];
  /** Its pods have names of their own below the service's. */
  readonly headless: boolean;
  /** The name that it only stands for (`type: ExternalName`). */
  readonly aliasOf?: string;
  /** Labels of every endpoint, where the object lists them itself. */
  readonly endpoints?: readonly Readonly<Record<string, string>>[];
}

export function readService(object: MeshObject, domain: string): Service {
  const spec = fieldsOf(object.spec);
  const { name, namespace, annotations } = object.metadata;
  const addresses = [textOf(spec['clusterIP']), ...textsOf(spec['clusterIPs'])];
  const exported = annotations?.['networking.istio.io/exportTo'];
  return defined<Service>({
    ...agedName(object),
    hostname: `${name}.${namespace}.svc.${domain}`,
    source: 'Service',
    exportTo: exported === undefined ? [] : exported.split(',').map((entry) => entry.trim()),
    ports: listOf(spec['ports']).map((port) => readServicePort(fieldsOf(port))),
    addresses: addresses.filter(
      (address) => address !== undefined && address !== 'None',
    ) as string[],
    headless: spec['clusterIP'] === 'None',
    aliasOf: spec['type'] === 'ExternalName' ? textOf(spec['externalName']) : undefined,
    endpoints: undefined,
  });
}

function readServicePort(port: Fields): ServicePort {
  const number = numberOf(port['port']) ?? 0;
  const name = textOf(port['name']) ?? '';
  const appProtocol = textOf(port['appProtocol']);
  const transport = textOf(port['protocol']);
  return { number, name, protocol: protocolOfPort({ number, name, appProtocol, transport }) };
}

export function readServiceEntry(object: MeshObject): readonly Service[] {
  const spec = fieldsOf(object.spec);
  const ports = listOf(spec['ports']).map((item) => {
    const port = fieldsOf(item);
    const protocol = protocolCalled(textOf(port['protocol']) ?? '');
    return { number: numberOf(port['number']) ?? 0, name: textOf(port['name']) ?? '', protocol };
  });
  return textsOf(spec['hosts']).map((hostname) =>
    defined<Service>({
      ...agedName(object),
      hostname,
      source: 'ServiceEntry',
      exportTo: textsOf(spec['exportTo']),
      ports,
      addresses: textsOf(spec['addresses']).filter((address) => !address.includes('/')),
      headless: false,
      aliasOf: undefined,
      endpoints: readEndpoints(spec),
    }),
  );
}

/** Known only where the object lists them: a selector or a DNS name leaves them to run time. */
function readEndpoints(spec: Fields): Service['endpoints'] | undefined {
  if (spec['resolution'] !== 'STATIC' || givenFields(spec['workloadSelector'])) return undefined;
  return listOf(spec['endpoints']).map((endpoint) => textMapOf(fieldsOf(endpoint)['labels']));
}
