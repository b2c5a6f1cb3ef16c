import type { ApplyOutcome, Clock, EgressAnswer, EgressQuestion } from '@spillway/application';
import {
  afterEgressWrite,
  coversHost,
  type EgressPlace,
  type EgressWrite,
  type LiveEgressObject,
  type SeenEgress,
} from '@spillway/domain-egress';
import { fieldsOf } from '@spillway/domain-istio';
import type { Instant } from '@spillway/kernel';

/** A ServiceEntry or a Sidecar as a person writes it. */
export interface HandWrittenEgress extends EgressPlace {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: unknown;
}

/** Calls that left the mesh, or tried to, at one moment. */
export interface OutboundCalls {
  readonly namespace: string;
  readonly workload: string;
  readonly host?: string;
  readonly port?: number;
  readonly protocol: 'http' | 'grpc' | 'tcp';
  readonly requests: number;
  readonly isBlocked?: boolean;
}

/** What a simulated cluster holds of outbound policies, and what its proxies counted. */
export class SimulatedEgress {
  #objects: readonly LiveEgressObject[] = [];
  #version = 0;
  readonly #calls: (OutboundCalls & { readonly at: Instant })[] = [];

  constructor(private readonly clock: Clock) {}

  objects(): readonly LiveEgressObject[] {
    return this.#objects;
  }

  write(write: EgressWrite, manager = 'spillway'): ApplyOutcome {
    this.#version += 1;
    const resourceVersion = String(this.#version);
    const stamp = { resourceVersion, at: new Date(this.clock.now()).toISOString(), manager };
    const next = afterEgressWrite(this.#objects, write, stamp);
    this.#objects = next ?? this.#objects;
    return { kind: next === undefined ? 'conflict' : 'applied' };
  }

  /** Creates or replaces an object as somebody else. */
  put({ kind, namespace, name, annotations = {}, spec }: HandWrittenEgress): void {
    const known = this.#find({ kind, namespace, name });
    if (known !== undefined) this.remove({ kind, namespace, name });
    const object = {
      apiVersion: 'networking.istio.io/v1',
      kind,
      metadata: { namespace, name, labels: {}, annotations },
      spec: fieldsOf(spec),
    } as const;
    this.write({ do: 'apply', object }, 'kubectl');
  }

  /** Somebody deletes an object that may be there. */
  remove(place: EgressPlace): void {
    const known = this.#find(place);
    if (known === undefined) return;
    const { resourceVersion } = known.metadata;
    this.write({ do: 'remove', place, resourceVersion }, 'kubectl');
  }

  /** Workloads call somewhere now. */
  call(calls: OutboundCalls): void {
    this.#calls.push({ ...calls, at: this.clock.now() });
  }

  /** What a Prometheus beside it would say. */
  answer({ namespace, at, window, hosts }: EgressQuestion): EgressAnswer {
    const inWindow = this.#calls.filter(
      (one) => one.namespace === namespace && one.at > at - window && one.at <= at,
    );
    if (inWindow.length === 0) {
      return { kind: 'noData', because: `no proxy of ${namespace} counted anything` };
    }
    const opened = this.#openedHosts();
    const seen = inWindow.filter(
      ({ host = '' }) =>
        !opened.some((one) => coversHost(one, host)) || hosts.some((one) => coversHost(one, host)),
    );
    return {
      kind: 'measured',
      requests: inWindow.reduce((sum, { requests }) => sum + requests, 0),
      seen: seen.map(toSeen),
    };
  }

  #find({ kind, namespace, name }: EgressPlace): LiveEgressObject | undefined {
    return this.#objects.find(
      ({ kind: other, metadata }) =>
        other === kind && metadata.namespace === namespace && metadata.name === name,
    );
  }

  #openedHosts(): readonly string[] {
    return this.#objects
      .filter(({ kind }) => kind === 'ServiceEntry')
      .flatMap(({ spec }) => fieldsOf(spec)['hosts'] as readonly string[]);
  }
}

const toSeen = ({
  namespace: _namespace,
  at,
  isBlocked = false,
  ...calls
}: OutboundCalls & { readonly at: Instant }): SeenEgress => ({
  ...calls,
  isBlocked,
  firstSeen: at,
  lastSeen: at,
});
