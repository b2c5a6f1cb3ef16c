import { noMeter, type EgressConnector, type EgressLink } from '@spillway/application';
import { duration, InvariantBroken, type Duration } from '@spillway/kernel';
import { ApiSession } from '../api-session.js';
import type { Connect } from '../connections.js';
import { hearFor } from '../heard-call.js';
import { findServer } from '../find-server.js';
import { KubernetesEgressLink } from './kubernetes-egress-link.js';
import { UnusableEgressLink } from './unusable-egress-link.js';

/** For clusters that are reached by kubeconfig, or the one that this process runs in. */
export const createKubernetesEgressConnector = (
  callTimeout: Duration = duration(5_000),
  connect?: Connect,
  meter = noMeter,
): EgressConnector => ({
  connect({ name, connection }): EgressLink {
    if (connection.kind === 'simulated') {
      throw new InvariantBroken(`cluster "${name}" is simulated, not a Kubernetes cluster`);
    }
    const server = findServer(connection);
    if (!server.ok) return new UnusableEgressLink(name, server.error);
    const session = new ApiSession(server.value, callTimeout, connect, hearFor(meter, name));
    return new KubernetesEgressLink(name, session);
  },
});
