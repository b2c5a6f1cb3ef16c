import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@spillway/application';
import type { MeshService } from '@spillway/domain-istio';
import { splitServiceName, type Version } from '@spillway/kernel';
import type { ApiObject } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { KeyedMirror } from './keyed-mirror.js';
import { Reflector, type Collection } from './reflector.js';
import type { VersionWatch } from './version-watch.js';

interface Counts {
  readonly byVersion: ReadonlyMap<string, number>;
  /** Whether the version of each ready pod is known. */
  readonly complete: boolean;
}

/** Counts the ready endpoints of a service by the version that its pods are labelled with. */
export class EndpointWatch implements VersionWatch {
  private readonly slices: KeyedMirror<readonly string[]>;
  private readonly pods: KeyedMirror<string>;
  private readonly reflectors: readonly Reflector[];
  private counts: Counts | undefined;

  constructor(
    session: ApiSession,
    service: MeshService,
    clock: Clock,
    private readonly changed: () => void,
  ) {
    const { namespace, name } = splitServiceName(service.service);
    const { versionLabel } = service;
    const recount = (): void => this.recount();
    this.slices = new KeyedMirror(readyPods, recount);
    this.pods = new KeyedMirror((pod) => pod.metadata.labels?.[versionLabel] ?? '', recount);
    const slices: Collection = {
      path: `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
      labelSelector: `kubernetes.io/service-name=${name}`,
    };
    // All pods, or one without the label could not be told from one that is not known yet.
    const pods: Collection = {
      path: `/api/v1/namespaces/${namespace}/pods`,
      metadataOnly: true,
    };
    this.reflectors = [
      new Reflector(session, slices, this.slices, clock),
      new Reflector(session, pods, this.pods, clock),
    ];
  }

  run(): Promise<unknown> {
    return Promise.all(this.reflectors.map((reflector) => reflector.run()));
  }

  stop(): void {
    for (const reflector of this.reflectors) reflector.stop();
  }

  doubt(reason: string): void {
    for (const reflector of this.reflectors) reflector.doubt(reason);
  }

  ready(version: Version): number | undefined {
    const { byVersion, complete = false } = this.counts ?? {};
    return byVersion?.get(version) ?? (complete ? 0 : undefined);
  }

  private recount(): void {
    const before = this.counts;
    this.counts = this.count();
    if (!isDeepStrictEqual(before, this.counts)) this.changed();
  }

  /** A pod is in several slices when it has several address families or ports; it counts once. */
  private count(): Counts | undefined {
    const slices = this.slices.byName;
    const pods = this.pods.byName;
    if (slices === undefined || pods === undefined) return undefined;
    const ready = [...new Set([...slices.values()].flat())];
    const byVersion = new Map<string, number>();
    for (const version of ready.map((pod) => pods.get(pod))) {
      if (version !== undefined) byVersion.set(version, (byVersion.get(version) ?? 0) + 1);
    }
    return { byVersion, complete: ready.every((pod) => pods.has(pod)) };
  }
}

/** An unset condition means ready (Kubernetes API of EndpointConditions). */
const readyPods = ({ endpoints }: ApiObject): readonly string[] =>
  (endpoints ?? [])
    .filter(({ conditions, targetRef }) => conditions?.ready !== false && targetRef?.kind === 'Pod')
    .map(({ targetRef }) => targetRef?.name ?? '');
