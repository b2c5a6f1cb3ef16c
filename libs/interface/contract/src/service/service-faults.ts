import { takes } from './edge-document.js';
import { hostOfService } from './host.js';
import type { ParsedService } from './service-fields.js';
import { fits } from './version-template.js';

/** What is wrong though each field is right by itself. */
export interface ServiceFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export const faultsOfService = (service: ParsedService): readonly ServiceFault[] => [
  ...edgeFaults(service),
  ...routingFaults(service),
  ...versionFaults(service),
];

const fault = (message: string, ...path: ServiceFault['path']): ServiceFault => ({ path, message });

/** One object holds them all: Istio refuses a host that is there twice. */
function edgeFaults(service: ParsedService): readonly ServiceFault[] {
  const own = hostOfService(service);
  return (service.edge?.hosts ?? []).flatMap((host, index) =>
    host === own || takes(host, own)
      ? [fault(`"${host}" takes the service’s own host "${own}" too`, 'edge', 'hosts', index)]
      : [],
  );
}

function routingFaults({
  routing,
  protocol,
  edge,
  versionHost,
}: ParsedService): readonly ServiceFault[] {
  if ('adopt' in routing && edge !== undefined) {
    return [fault('is what the adopted VirtualService says; leave it out', 'edge')];
  }
  if ('delegate' in routing && (protocol === 'tcp' || protocol === 'tls')) {
    return [fault('must be http or grpc: Istio delegates nothing else', 'protocol')];
  }
  if (!('replicas' in routing)) return [];
  const useless = 'has no effect without a mesh; leave it out';
  return [
    ...(edge === undefined ? [] : [fault(useless, 'edge')]),
    ...(versionHost === undefined ? [] : [fault(useless, 'versionHost')]),
  ];
}

function versionFaults({ stable, versionHost, routing }: ParsedService): readonly ServiceFault[] {
  const template = 'replicas' in routing ? routing.replicas.deployment : versionHost;
  if (template === undefined || fits(template, stable)) return [];
  return [fault(`"${stable}" makes no DNS name of "${template}"`, 'stable')];
}
