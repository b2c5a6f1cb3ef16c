import type { Clock } from '@spillway/application';
import type { ApiObject } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { Reflector, type Mirror } from './reflector.js';

/** Somebody who counts the endpoints of a Service. */
export interface EndpointFollower {
  /** The name of the Kubernetes Service. */
  readonly name: string;
  /** Whether this pod matters to it. */
  counts(pod: string): boolean;
  recount(): void;
}

interface Slice {
  readonly service: string;
  readonly ready: readonly string[];
}

export type Labels = Readonly<Record<string, string>>;

const serviceLabel = 'kubernetes.io/service-name';

/**
 * The ready pods behind all Services of a namespace, and the labels of its pods: two watches, however
 * many of its services are followed. They run from the first follower to the last.
 */
export class NamespaceEndpoints {
  private readonly followers = new Set<EndpointFollower>();
  private readonly reflectors: readonly Reflector[];
  private slices: Map<string, Slice> | undefined;
  private pods: Map<string, Labels> | undefined;
  private running: Promise<unknown> | undefined;

  constructor(
    session: ApiSession,
    namespace: string,
    clock: Clock,
    private readonly deserted: () => void,
  ) {
    const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
    const slices = { path, labelSelector: serviceLabel };
    // All pods, or one without the label could not be told from one that is not known yet.
    const pods = { path: `/api/v1/namespaces/${namespace}/pods`, metadataOnly: true } as const;
    this.reflectors = [
      new Reflector(session, slices, this.mirrorOfSlices(), clock),
      new Reflector(session, pods, this.mirrorOfPods(), clock),
    ];
  }

  /** Ends when the watches do. */
  join(follower: EndpointFollower): Promise<unknown> {
    this.followers.add(follower);
    this.running ??= Promise.all(this.reflectors.map((reflector) => reflector.run()));
    return this.running;
  }

  leave(follower: EndpointFollower): void {
    if (!this.followers.delete(follower) || this.followers.size > 0) return;
    for (const reflector of this.reflectors) reflector.stop();
    this.deserted();
  }

  /** By each of its followers, for they share the server that gave no answer: what is not known is told once. */
  doubt(reason: string): void {
    for (const reflector of this.reflectors) reflector.doubt(reason);
  }

  /** A pod is in several slices when it has several address families or ports. `undefined` while nobody knows. */
  readyPods(service: string): ReadonlySet<string> | undefined {
    if (this.slices === undefined || this.pods === undefined) return undefined;
    const ready = new Set<string>();
    for (const slice of this.slices.values()) {
      if (slice.service === service) for (const pod of slice.ready) ready.add(pod);
    }
    return ready;
  }

  /** `undefined` for a pod that is not known (yet). */
  labelsOf(pod: string): Labels | undefined {
    return this.pods?.get(pod);
  }

  private mirrorOfSlices(): Mirror {
    const changed = (...services: readonly (string | undefined)[]): void =>
      this.tell(({ name }) => services.includes(name));
    return {
      replace: (items) => {
        this.slices = new Map(items.map((item) => [item.metadata.name, sliceOf(item)]));
        this.tell();
      },
      put: (item) => {
        const { name } = item.metadata;
        const [before, slice] = [this.slices?.get(name), sliceOf(item)];
        this.slices?.set(name, slice);
        changed(before?.service, slice.service);
      },
      remove: ({ metadata: { name } }) => {
        const before = this.slices?.get(name);
        this.slices?.delete(name);
        changed(before?.service);
      },
      advance: nothing,
      failed: () => {
        if (this.slices === undefined) return;
        this.slices = undefined;
        this.tell();
      },
    };
  }

  private mirrorOfPods(): Mirror {
    const changed = (pod: string): void => this.tell((follower) => follower.counts(pod));
    return {
      replace: (items) => {
        this.pods = new Map(items.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
        this.tell();
      },
      put: ({ metadata: { name, labels = {} } }) => {
        this.pods?.set(name, labels);
        changed(name);
      },
      remove: ({ metadata: { name } }) => {
        this.pods?.delete(name);
        changed(name);
      },
      advance: nothing,
      failed: () => {
        if (this.pods === undefined) return;
        this.pods = undefined;
        this.tell();
      },
    };
  }

  private tell(concerns: (follower: EndpointFollower) => boolean = () => true): void {
    for (const follower of this.followers) if (concerns(follower)) follower.recount();
  }
}

/** Only watches write to the mirrors, in the order of the server. */
const nothing = (): void => undefined;

/** An unset condition means ready (Kubernetes API of EndpointConditions). */
const sliceOf = ({ metadata, endpoints }: ApiObject): Slice => ({
  service: metadata.labels?.[serviceLabel] ?? '',
  ready: (endpoints ?? [])
    .filter(({ conditions, targetRef }) => conditions?.ready !== false && targetRef?.kind === 'Pod')
    .map(({ targetRef }) => targetRef?.name ?? ''),
});
