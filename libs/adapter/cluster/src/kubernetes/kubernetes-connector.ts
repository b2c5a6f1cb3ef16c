import {
  noMeter,
  type Clock,
  type ClusterConnector,
  type ClusterLink,
  type ClusterLinkOptions,
  type Meter,
} from '@spillway/application';
import { duration, InvariantBroken, type Duration } from '@spillway/kernel';
import { ApiSession } from './api-session.js';
import type { Connect } from './connections.js';
import { hearFor } from './heard-call.js';
import { findServer } from './find-server.js';
import { KubernetesLink } from './kubernetes-link.js';
import { UnusableLink } from './unusable-link.js';

export interface KubernetesConnectorOptions {
  readonly clock: Clock;
  /** How long a call may take. A write that takes longer is `unreachable`. */
  readonly callTimeout?: Duration;
  readonly connect?: Connect;
  /** Hears of every call. */
  readonly meter?: Meter;
}

/** Connects clusters by kubeconfig, or the one that this process runs in. */
export class KubernetesConnector implements ClusterConnector {
  constructor(private readonly options: KubernetesConnectorOptions) {}

  /** Never throws for a bad connection: its link is `unreachable` and says why. */
  connect({ cluster, connection, onChange }: ClusterLinkOptions): ClusterLink {
    const { clock, callTimeout = duration(5_000), connect, meter = noMeter } = this.options;
    if (connection.kind === 'simulated') {
      throw new InvariantBroken(`cluster "${cluster}" is simulated, not a Kubernetes cluster`);
    }
    const server = findServer(connection);
    if (!server.ok) return new UnusableLink(cluster, clock.now(), server.error);
    const hear = hearFor(meter, cluster);
    const session = new ApiSession(server.value, callTimeout, connect, hear);
    return new KubernetesLink(session, clock, { cluster, onChange });
  }
}
