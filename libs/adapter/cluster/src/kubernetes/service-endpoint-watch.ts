import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@spillway/application';
import { hostOf, type MeshService } from '@spillway/domain-istio';
import { splitServiceName, type Version } from '@spillway/kernel';
import type { ApiObject } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { KeyedMirror } from './keyed-mirror.js';
import { Reflector } from './reflector.js';
import type { VersionWatch } from './version-watch.js';

interface Slice {
  /** `namespace/name` of the Kubernetes Service. */
  readonly service: string;
  readonly ready: readonly string[];
}

const serviceLabel = 'kubernetes.io/service-name';

/**
 * Counts the ready endpoints of versions that are Kubernetes Services of their
 * own. Which ones there will be is not known, so all Services are watched in the
 * namespace; or everywhere, where the version is a part of the namespace.
 */
export class ServiceEndpointWatch implements VersionWatch {
  private readonly slices: KeyedMirror<Slice>;
  private readonly reflector: Reflector;
  private counts: ReadonlyMap<string, number> | undefined;

  constructor(
    session: ApiSession,
    private readonly service: MeshService,
    versionHost: string,
    clock: Clock,
    private readonly changed: () => void,
  ) {
    this.slices = new KeyedMirror(sliceOf, () => this.recount(), placeOf);
    const { namespace } = this.splitHost(versionHost);
    const within = namespace.includes('{version}') ? '' : `/namespaces/${namespace}`;
    const path = `/apis/discovery.k8s.io/v1${within}/endpointslices`;
    const collection = { path, labelSelector: serviceLabel };
    this.reflector = new Reflector(session, collection, this.slices, clock);
  }

  run(): Promise<unknown> {
    return this.reflector.run();
  }

  stop(): void {
    this.reflector.stop();
  }

  doubt(reason: string): void {
    this.reflector.doubt(reason);
  }

  ready(version: Version): number | undefined {
    const { namespace, name } = this.splitHost(hostOf(this.service, version));
    return this.counts && (this.counts.get(`${namespace}/${name}`) ?? 0);
  }

  private splitHost(host: string): { readonly namespace: string; readonly name: string } {
    const own = splitServiceName(this.service.service);
    const [name = '', namespace = own.namespace] = host.split('.');
    return { namespace, name };
  }

  private recount(): void {
    const before = this.counts;
    this.counts = this.count();
    if (!isDeepStrictEqual(before, this.counts)) this.changed();
  }

  /** An endpoint is in several slices when it has several address families; it counts once. */
  private count(): ReadonlyMap<string, number> | undefined {
    const slices = this.slices.byName;
    if (slices === undefined) return undefined;
    const ready = new Map<string, Set<string>>();
    for (const slice of slices.values()) {
      const known = ready.get(slice.service) ?? [];
      ready.set(slice.service, new Set([...known, ...slice.ready]));
    }
    return new Map([...ready].map(([service, endpoints]) => [service, endpoints.size]));
  }
}

const placeOf = ({ metadata }: ApiObject): string => `${metadata.namespace}/${metadata.name}`;

/** An unset condition means ready (Kubernetes API of EndpointConditions). */
const sliceOf = ({ metadata, endpoints }: ApiObject): Slice => ({
  service: `${metadata.namespace}/${metadata.labels?.[serviceLabel]}`,
  ready: (endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready !== false)
    .map(({ targetRef, addresses }) => targetRef?.name ?? addresses?.[0] ?? ''),
});
