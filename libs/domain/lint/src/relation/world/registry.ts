import type { MeshObject } from '@spillway/domain-istio';
import { Spot } from '../../object/spot.js';
import { audienceOf, audienceOfService, isSeenBy, type Audience } from './export-to.js';
import { covers } from './host.js';
import { labelsOf, type Labels } from './labels.js';
import { declaredPort, servicePort, type Port } from './port.js';

/** A host that Istio knows: of a Service, or one of a ServiceEntry's. */
export interface KnownHost {
  readonly object: MeshObject;
  readonly spec: Spot;
  readonly host: string;
  readonly namespace: string;
  readonly audience: Audience;
  readonly ports: readonly Port[];
  /** Which pods of the namespace are behind it. */
  readonly selector?: Labels;
  /** Labels of the endpoints that a ServiceEntry lists. */
  readonly endpoints?: readonly Labels[];
}

export function knownHosts(object: MeshObject, domain: string): readonly KnownHost[] {
  if (object.kind === 'Service') return [ofService(object, domain)];
  return object.kind === 'ServiceEntry' ? ofServiceEntry(object) : [];
}

function ofService(object: MeshObject, domain: string): KnownHost {
  const { name, namespace } = object.metadata;
  const spec = new Spot(object.spec, 'spec');
  return {
    object,
    spec,
    host: `${name}.${namespace}.svc.${domain}`,
    namespace,
    audience: audienceOfService(object),
    ports: spec.at('ports').items().map(servicePort),
    ...selectorOf(spec.at('selector')),
  };
}

function ofServiceEntry(object: MeshObject): readonly KnownHost[] {
  const spec = new Spot(object.spec, 'spec');
  const endpoints = spec.at('endpoints').items();
  const shared = {
    object,
    spec,
    namespace: object.metadata.namespace,
    audience: audienceOf(object),
    ports: spec.at('ports').items().map(declaredPort),
    ...selectorOf(spec.at('workloadSelector').at('labels')),
    ...(endpoints.length === 0
      ? {}
      : { endpoints: endpoints.map((e) => labelsOf(e.at('labels'))) }),
  };
  return spec
    .at('hosts')
    .texts()
    .map(({ text: host }) => ({ ...shared, host }));
}

const selectorOf = (map: Spot): { readonly selector?: Labels } =>
  map.entries().length === 0 ? {} : { selector: labelsOf(map) };

/** The hosts of all Services and ServiceEntries, found as a client of a namespace sees them. */
export class Registry {
  constructor(readonly hosts: readonly KnownHost[]) {}

  /** The exact host before a wildcard. */
  find(host: string, client: string): KnownHost | undefined {
    const seen = this.all(host).filter(({ audience }) => isSeenBy(audience, client));
    return seen.find((known) => known.host === host) ?? seen[0];
  }

  /** Whoever may see them. */
  all(host: string): readonly KnownHost[] {
    return this.hosts.filter((known) => covers(known.host, host));
  }
}
