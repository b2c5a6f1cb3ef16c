import { isDeepStrictEqual } from 'node:util';
import type { MeshService } from '@spillway/domain-istio';
import { splitServiceName, type Version } from '@spillway/kernel';
import type { EndpointFollower, NamespaceEndpoints } from './namespace-endpoints.js';
import type { VersionWatch } from './version-watch.js';

interface Counts {
  readonly byVersion: ReadonlyMap<string, number>;
  /** Whether the version of each ready pod is known. */
  readonly complete: boolean;
}

/** Counts the ready endpoints of a service by the version that its pods are labelled with. */
export class EndpointWatch implements VersionWatch, EndpointFollower {
  readonly name: string;
  private readonly versionLabel: string;
  private pods: ReadonlySet<string> | undefined;
  private tally: Counts | undefined;

  constructor(
    private readonly endpoints: NamespaceEndpoints,
    service: MeshService,
    private readonly changed: () => void,
  ) {
    this.name = splitServiceName(service.service).name;
    this.versionLabel = service.versionLabel;
  }

  /** Where others watch the namespace already it counts from the beginning, and whoever began it sees that. */
  run(): Promise<unknown> {
    this.tally = this.count();
    return this.endpoints.join(this);
  }

  stop(): void {
    this.endpoints.leave(this);
  }

  doubt(reason: string): void {
    this.endpoints.doubt(reason);
  }

  ready(version: Version): number | undefined {
    const { byVersion, complete = false } = this.tally ?? {};
    return byVersion?.get(version) ?? (complete ? 0 : undefined);
  }

  counts(pod: string): boolean {
    return this.pods?.has(pod) === true;
  }

  recount(): void {
    const before = this.tally;
    this.tally = this.count();
    if (!isDeepStrictEqual(before, this.tally)) this.changed();
  }

  private count(): Counts | undefined {
    const ready = this.endpoints.readyPods(this.name);
    this.pods = ready;
    if (ready === undefined) return undefined;
    const byVersion = new Map<string, number>();
    let complete = true;
    for (const pod of ready) {
      const labels = this.endpoints.labelsOf(pod);
      if (labels === undefined) complete = false;
      else {
        const version = labels[this.versionLabel] ?? '';
        byVersion.set(version, (byVersion.get(version) ?? 0) + 1);
      }
    }
    return { byVersion, complete };
  }
}
