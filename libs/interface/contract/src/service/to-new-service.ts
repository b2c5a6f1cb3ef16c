import type { NewService } from '@spillway/application';
import type { ObjectPlace, Ownership } from '@spillway/domain-istio';
import { clusterName, ok, serviceName, version, type Refusal, type Result } from '@spillway/kernel';
import { parse } from '../schema/parse.js';
import { toAccessLog } from './access-log-document.js';
import { hostOfService, inNamespace, namespaceOf } from './host.js';
import type { ParsedRouting } from './routing-document.js';
import { serviceDocument } from './service-document.js';
import type { ParsedService } from './service-fields.js';

/** A service document, as it came, to what `putService` takes. */
export function toNewService(input: unknown): Result<NewService, Refusal> {
  const parsed = parse(serviceDocument, input);
  if (!parsed.ok) return parsed;
  const { name, port, protocol, versionLabel, stable, clusters } = parsed.value;
  const { edge, routing, drift, onBusy, accessLog } = parsed.value;
  const ownership = toOwnership(routing, namespaceOf(parsed.value));
  return ok({
    service: serviceName(name),
    host: hostOfService(parsed.value),
    port,
    ...(protocol === 'http' ? {} : { protocol }),
    versionLabel,
    ...toVersionHost(parsed.value),
    stable: version(stable),
    clusters: clusters.map(clusterName),
    ...(edge === undefined ? {} : { edge }),
    ...(ownership.kind === 'managed' ? {} : { ownership }),
    ...(drift === 'heal' ? {} : { drift }),
    ...(onBusy === 'refuse' ? {} : { onBusy }),
    ...(accessLog === undefined ? {} : { accessLog: toAccessLog(accessLog) }),
  });
}

const toVersionHost = (service: ParsedService): Pick<NewService, 'versionHost'> =>
  service.versionHost === undefined
    ? {}
    : { versionHost: inNamespace(service.versionHost, namespaceOf(service)) };

function toOwnership(routing: ParsedRouting, namespace: string): Ownership {
  if ('managed' in routing) return { kind: 'managed' };
  if ('replicas' in routing) return { kind: 'replicas', ...routing.replicas };
  if ('delegate' in routing) {
    return {
      kind: 'delegate',
      virtualService: toPlace(routing.delegate.virtualService, namespace),
    };
  }
  const { virtualService, routes } = routing.adopt;
  return {
    kind: 'adopted',
    virtualService: toPlace(virtualService, namespace),
    ...(routes === undefined ? {} : { routes }),
  };
}

function toPlace(text: string, namespace: string): ObjectPlace {
  const [first = '', name] = text.split('/');
  return name === undefined ? { namespace, name: first } : { namespace: first, name };
}
