import type { Clock } from '@spillway/application';
import type { MeshService } from '@spillway/domain-istio';
import { splitServiceName, type Version } from '@spillway/kernel';
import type { ApiObject } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { KeyedMirror } from './keyed-mirror.js';
import { Reflector, type Collection } from './reflector.js';

/** Counts the ready endpoints of a service by version while it runs. */
export class EndpointWatch {
  private readonly slices: KeyedMirror<readonly string[]>;
  private readonly pods: KeyedMirror<string>;
  private readonly reflectors: readonly Reflector[];
  private counts: ReadonlyMap<string, number> | undefined;

  constructor(
    session: ApiSession,
    readonly service: MeshService,
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
    const pods: Collection = {
      path: `/api/v1/namespaces/${namespace}/pods`,
      labelSelector: versionLabel,
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

  ready(version: Version): number | undefined {
    return this.counts && (this.counts.get(version) ?? 0);
  }

  /** A pod is in several slices when it has several address families or ports; it counts once. */
  private recount(): void {
    const slices = this.slices.byName;
    const pods = this.pods.byName;
    if (slices === undefined || pods === undefined) return;
    const counts = new Map<string, number>();
    for (const pod of new Set([...slices.values()].flat())) {
      const version = pods.get(pod);
      if (version !== undefined) counts.set(version, (counts.get(version) ?? 0) + 1);
    }
    const before = this.counts;
    this.counts = counts;
    if (before === undefined || !same(before, counts)) this.changed();
  }
}

/** An unset condition means ready (Kubernetes API of EndpointConditions). */
const readyPods = ({ endpoints }: ApiObject): readonly string[] =>
  (endpoints ?? [])
    .filter(({ conditions, targetRef }) => conditions?.ready !== false && targetRef?.kind === 'Pod')
    .map(({ targetRef }) => targetRef?.name ?? '');

const same = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  a.size === b.size && [...a].every(([version, count]) => b.get(version) === count);
