import {
  applyPatch,
  type IstioKind,
  type IstioObject,
  type LiveDeployment,
  type LiveObject,
  type LiveRouting,
  type MeshService,
  type Write,
} from '@spillway/domain-istio';
import { instant, version, type ClusterName, type Version } from '@spillway/kernel';
import type { Clock } from '../../port/clock.js';
import type {
  AccessLogSetting,
  ApplyOutcome,
  ClusterLink,
  ProbeFinding,
  RereadOutcome,
} from '../../port/cluster-link.js';
import type { LinkState } from '../../port/link-state.js';

/**
 * A cluster whose answers a test dictates. It takes every write at once and
 * shows it at once; for lag, races and traffic there is the simulated cluster.
 */
export class ScriptedCluster implements ClusterLink {
  /** What was asked of the API server, answered or not. */
  readonly asked: Write[] = [];
  /** Given to the next calls instead of doing what they ask, first come first served. */
  readonly answers: ApplyOutcome[] = [];
  readonly accessLogs: AccessLogSetting[] = [];
  accessLogOutcome: ApplyOutcome = { kind: 'applied' };
  readonly followed = new Set<string>();
  readonly endpoints = new Map<Version, number | undefined>([
    [version('v1'), 3],
    [version('v2'), 3],
  ]);
  /** `undefined` while the link is being made anew. */
  live: LiveRouting | undefined = { foreign: [] };
  /** What the API server holds by now, where the watch has not told of it. */
  untold: LiveRouting | undefined;
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

  reread(): Promise<RereadOutcome> {
    const { linkState } = this;
    if (linkState.kind === 'unreachable') return Promise.resolve(linkState);
    this.live = this.untold ?? this.live;
    this.untold = undefined;
    return Promise.resolve({ kind: 'reread' });
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
    const write = { do: 'write', object, ...expected } as const;
    return this.ask(write, this.live?.[partOf(object.kind)], () => this.put(object));
  }

  patch(write: Extract<Write, { do: 'patch' }>): Promise<ApplyOutcome> {
    const { kind, place, operations } = write;
    if (kind === 'Deployment') return this.scale(write);
    const held = this.live?.[partOf(kind)];
    const isThere = held?.metadata.name === place.name;
    return this.ask(write, isThere ? held : undefined, () => {
      const after = held && applyPatch(held, operations);
      if (after === undefined) return misfit;
      return this.show(after, 'spillway');
    });
  }

  /** Takes everything. */
  dryRun(): Promise<ApplyOutcome> {
    return Promise.resolve({ kind: 'applied' });
  }

  setAccessLog(setting: AccessLogSetting): Promise<ApplyOutcome> {
    this.accessLogs.push(setting);
    return Promise.resolve(this.accessLogOutcome);
  }

  remove(write: Extract<Write, { do: 'remove' }>): Promise<ApplyOutcome> {
    return this.ask(write, this.live?.[partOf(write.kind)], () => this.take(write.kind));
  }

  /** As somebody with kubectl would, over whatever is there. */
  put({ kind, metadata, spec }: Shown, manager = 'spillway'): void {
    this.show({ kind, metadata, spec }, manager);
  }

  /** As somebody with kubectl would take it away. */
  take(kind: IstioKind): void {
    const { [partOf(kind)]: _gone, ...rest } = this.live ?? { foreign: [] };
    this.live = rest;
  }

  probe(): Promise<readonly ProbeFinding[]> {
    return Promise.resolve([{ kind: 'ok', kubernetesVersion: 'v1.34.0' }]);
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  /** Pods are ready at once. */
  private scale(write: Extract<Write, { do: 'patch' }>): Promise<ApplyOutcome> {
    const { deployments = new Map<Version, LiveDeployment>() } = this.live ?? {};
    const found = [...deployments].find(([, { name }]) => name === write.place.name);
    const seen = found && { metadata: found[1] };
    return this.ask(write, seen, () => {
      if (found === undefined) return misfit;
      const [of, { replicas, ...deployment }] = found;
      const after = applyPatch({ spec: { replicas } }, write.operations);
      if (after === undefined) return misfit;
      const ready = after.spec.replicas;
      this.resourceVersion += 1;
      const resourceVersion = String(this.resourceVersion);
      const scaled = { ...deployment, replicas: ready, ready, resourceVersion };
      this.live = { foreign: [], ...this.live, deployments: new Map(deployments).set(of, scaled) };
      return undefined;
    });
  }

  /** Answers with what the test said, or else carries it out on the object that was seen. */
  private ask(
    write: Write,
    held: { readonly metadata: { readonly resourceVersion: string } } | undefined,
    carryOut: () => ApplyOutcome | void,
  ): Promise<ApplyOutcome> {
    this.asked.push(write);
    const answer = this.answers.shift();
    if (answer !== undefined) return Promise.resolve(answer);
    const { linkState } = this;
    if (linkState.kind === 'unreachable') return Promise.resolve(linkState);
    const isSeen = held?.metadata.resourceVersion === write.resourceVersion;
    const applied = { kind: 'applied' } as const;
    return Promise.resolve(isSeen ? (carryOut() ?? applied) : { kind: 'conflict' });
  }

  private show({ kind, metadata, spec }: Shown, manager: string): void {
    this.resourceVersion += 1;
    const { annotations = {} } = metadata;
    const managers = [{ name: manager, at: '2026-01-05T10:00:00Z' }];
    const resourceVersion = String(this.resourceVersion);
    const object: LiveObject = {
      kind,
      metadata: { ...metadata, annotations, resourceVersion, managers },
      spec,
    };
    const since = kind === 'VirtualService' ? 'virtualServiceSince' : 'destinationRuleSince';
    this.live = {
      foreign: [],
      ...this.live,
      [partOf(kind)]: object,
      [since]: this.clock.now(),
    };
  }
}

type Shown = Pick<LiveObject, 'kind' | 'spec'> & {
  readonly metadata: Pick<LiveObject['metadata'], 'name' | 'namespace' | 'labels'> & {
    readonly annotations?: Readonly<Record<string, string>>;
  };
};

const misfit = { kind: 'refused', reason: 'the patch does not fit the object' } as const;

const partOf = (kind: IstioKind) =>
  kind === 'VirtualService' ? 'virtualService' : 'destinationRule';
