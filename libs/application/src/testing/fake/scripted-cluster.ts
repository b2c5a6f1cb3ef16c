import type { IstioObject, LiveObject, LiveRouting, MeshService } from '@spillway/domain-istio';
import { instant, version, type ClusterName, type Version } from '@spillway/kernel';
import type { Clock } from '../../port/clock.js';
import type { ApplyOutcome, ClusterLink, ProbeFinding } from '../../port/cluster-link.js';
import type { LinkState } from '../../port/link-state.js';

/**
 * A cluster whose answers a test dictates. It takes every write at once and
 * shows it at once; for lag, races and traffic there is the simulated cluster.
 */
export class ScriptedCluster implements ClusterLink {
  /** What was asked of the API server, answered or not. */
  readonly asked: IstioObject[] = [];
  /** Given to the next calls instead of doing what they ask, first come first served. */
  readonly answers: ApplyOutcome[] = [];
  readonly followed = new Set<string>();
  readonly endpoints = new Map<Version, number | undefined>([
    [version('v1'), 3],
    [version('v2'), 3],
  ]);
  /** `undefined` while the link is being made anew. */
  live: LiveRouting | undefined = { foreign: [] };
  isClosed = false;
  private linkState: LinkState = { kind: 'ready', since: instant(0) };
  private resourceVersion = 0;

  constructor(
    readonly cluster: ClusterName,
    private readonly clock: Clock,
  ) {}

  become(kind: LinkState['kind']): LinkState {
    const since = this.clock.now();
    this.linkState =
      kind === 'unreachable' ? { kind, since, reason: 'connection refused' } : { kind, since };
    return this.linkState;
  }

  state(): LinkState {
    return this.linkState;
  }

  routing(): LiveRouting | undefined {
    return this.live;
  }

  follow({ host }: MeshService): void {
    this.followed.add(host);
  }

  unfollow({ host }: MeshService): void {
    this.followed.delete(host);
  }

  readyEndpoints({ host }: MeshService, one: Version): number | undefined {
    return this.followed.has(host) ? this.endpoints.get(one) : undefined;
  }

  apply(object: IstioObject, expected: { resourceVersion?: string }): Promise<ApplyOutcome> {
    this.asked.push(object);
    const answer = this.answers.shift();
    if (answer !== undefined) return Promise.resolve(answer);
    const { linkState } = this;
    if (linkState.kind === 'unreachable') return Promise.resolve(linkState);
    const held = this.find(object.kind);
    if (held?.metadata.resourceVersion !== expected.resourceVersion) {
      return Promise.resolve({ kind: 'conflict' });
    }
    this.put(object);
    return Promise.resolve({ kind: 'applied' });
  }

  /** As somebody with kubectl would, over whatever is there. */
  put({ kind, metadata, spec }: IstioObject, manager = 'spillway'): void {
    this.resourceVersion += 1;
    const managers = [{ name: manager, at: '2026-01-05T10:00:00Z' }];
    const resourceVersion = String(this.resourceVersion);
    const object: LiveObject = { kind, metadata: { ...metadata, resourceVersion, managers }, spec };
    const now = this.clock.now();
    this.live = {
      foreign: [],
      ...this.live,
      ...(kind === 'VirtualService'
        ? { virtualService: object, virtualServiceSince: now }
        : { destinationRule: object, destinationRuleSince: now }),
    };
  }

  probe(): Promise<readonly ProbeFinding[]> {
    return Promise.resolve([{ kind: 'ok', kubernetesVersion: 'v1.34.0' }]);
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  private find(kind: IstioObject['kind']): LiveObject | undefined {
    return kind === 'VirtualService' ? this.live?.virtualService : this.live?.destinationRule;
  }
}
