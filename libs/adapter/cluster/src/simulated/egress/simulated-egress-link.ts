import type {
  ApplyOutcome,
  EgressConnector,
  EgressLink,
  EgressLook,
  EgressMetrics,
} from '@spillway/application';
import type { EgressWrite } from '@spillway/domain-egress';
import { InvariantBroken, duration, type ClusterName } from '@spillway/kernel';
import type { SimulatedMesh } from '../simulated-mesh.js';
import type { SimulatedWorld } from '../simulated-world.js';

const callTimeout = duration(5_000);

/** Asks a simulated cluster over the way that everything takes there, with all that can go wrong on it. */
class SimulatedEgressLink implements EgressLink {
  readonly cluster: ClusterName;
  #isClosed = false;

  constructor(private readonly mesh: SimulatedMesh) {
    this.cluster = mesh.cluster;
  }

  async look(): Promise<EgressLook> {
    const answer = await this.#call(() => this.mesh.egress.objects());
    return answer.kind === 'lost'
      ? { kind: 'unreachable', reason: answer.reason }
      : { kind: 'seen', objects: answer.value };
  }

  async write(write: EgressWrite): Promise<ApplyOutcome> {
    const answer = await this.#call(() => this.mesh.egress.write(write));
    return answer.kind === 'lost' ? { kind: 'unreachable', reason: answer.reason } : answer.value;
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  #call<T>(work: () => T) {
    const closed = { kind: 'lost', reason: 'the link is closed' } as const;
    return this.#isClosed ? Promise.resolve(closed) : this.mesh.transport.call(work, callTimeout);
  }
}

/** Links to clusters that exist in this process only. */
export const createSimulatedEgressConnector = (world: SimulatedWorld): EgressConnector => ({
  connect({ name, connection }) {
    if (connection.kind !== 'simulated') {
      throw new InvariantBroken(`cluster "${name}" has a connection of kind ${connection.kind}`);
    }
    return new SimulatedEgressLink(world.mesh(name, connection.seed));
  },
});

/** Measures what leaves a simulated cluster. */
export const createSimulatedEgressMetrics = (mesh: SimulatedMesh): EgressMetrics => ({
  ask: (question) =>
    Promise.resolve(
      mesh.metricsFault === undefined
        ? mesh.egress.answer(question)
        : { kind: 'error', because: `the metrics of "${mesh.cluster}" are ${mesh.metricsFault}` },
    ),
  close: () => Promise.resolve(),
});
