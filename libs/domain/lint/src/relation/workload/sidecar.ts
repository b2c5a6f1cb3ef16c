import type { MeshObject } from '@spillway/domain-istio';
import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import { Spot } from '../../object/spot.js';
import { admits, serverHost, type ServerHost } from '../world/gateway.js';
import { overlap } from '../world/host.js';
import type { VirtualService } from '../world/virtual-service.js';
import { nameOf, type World } from '../world/world.js';

export const sidecarRows = {
  SIDECAR_HIDES_RULES: {
    severity: 'warning',
    means:
      'The egress of a Sidecar leaves out a host that a VirtualService of its namespace routes.',
    consequence: 'The proxies of the Sidecar do not get the rules of that VirtualService.',
    next: 'Add the host to the egress of the Sidecar.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(sidecarRows);

export const checkSidecars = ({ sidecars, virtualServices }: World): readonly Finding[] =>
  sidecars.flatMap((sidecar) => hiddenRules(sidecar, virtualServices));

function hiddenRules(object: MeshObject, all: readonly VirtualService[]): readonly Finding[] {
  const { namespace } = object.metadata;
  const egress = new Spot(object.spec, 'spec').at('egress');
  const listeners = egress.items();
  if (listeners.length === 0) return [];
  const admitted = listeners.flatMap((listener) =>
    listener
      .at('hosts')
      .texts()
      .map(({ text }) => serverHost(text, namespace)),
  );
  return all
    .filter((one) => one.isInMesh && one.namespace === namespace && !isAdmitted(one, admitted))
    .map((one) => {
      const hosts = one.hosts.map(({ host }) => host).join(', ');
      const message = `No egress host is ${hosts}, which ${nameOf(one.object)} routes.`;
      return found('SIDECAR_HIDES_RULES', { object, path: egress.path, message });
    });
}

const isAdmitted = (
  { hosts, namespace }: VirtualService,
  admitted: readonly ServerHost[],
): boolean =>
  admitted.some(
    (one) => admits(one, namespace) && hosts.some(({ host }) => overlap(one.host, host)),
  );
