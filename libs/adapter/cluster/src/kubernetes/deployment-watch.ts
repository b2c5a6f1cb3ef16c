import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@spillway/application';
import { fieldsOf, type LiveDeployment, type ObjectPlace } from '@spillway/domain-istio';
import { version as versionNamed, type Version } from '@spillway/kernel';
import { isOlder, type ApiObject } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { Reflector, type Mirror } from './reflector.js';
import type { Kept, Shelf } from './shelf.js';
import type { VersionWatch } from './version-watch.js';

type Held = LiveDeployment & Kept;

/**
 * Keeps how many pods the Deployments of a service's versions have while it runs.
 * All Deployments of the namespace are watched, for no label tells which they are.
 */
export class DeploymentWatch implements VersionWatch, Mirror {
  private readonly reflector: Reflector;
  private held: Map<string, Held> | undefined;
  private version: string | undefined;

  constructor(
    session: ApiSession,
    private readonly namespace: string,
    /** With `{version}` for the version. */
    private readonly name: string,
    clock: Clock,
    private readonly changed: () => void,
  ) {
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
    this.reflector = new Reflector(session, { path }, this, clock);
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
    return this.held && (this.held.get(this.nameOf(version))?.ready ?? 0);
  }

  /** `undefined` while the watch is broken. */
  get deployments(): ReadonlyMap<Version, LiveDeployment> | undefined {
    if (this.held === undefined) return undefined;
    const deployments = new Map<Version, LiveDeployment>();
    for (const { uid: _, ...deployment } of this.held.values()) {
      const version = this.versionOf(deployment.name);
      if (version !== undefined) deployments.set(version, deployment);
    }
    return deployments;
  }

  /** Whether this is a Deployment of one of the versions. */
  counts(place: ObjectPlace): boolean {
    return place.namespace === this.namespace && this.versionOf(place.name) !== undefined;
  }

  get shelf(): Shelf {
    return {
      plural: 'deployments',
      find: ({ name }) => this.held?.get(name),
      putAnswer: (item) => this.put(item),
      forgetGone: ({ name }) => this.change((held) => held.delete(name)),
      seen: () => this.version,
    };
  }

  replace(items: readonly ApiObject[], version: string): void {
    this.held = new Map(items.map((item) => [item.metadata.name, toHeld(item)]));
    this.version = version;
    this.changed();
  }

  /** The answer of a write is a Scale, which knows of fewer pods than the Deployment does. */
  put(item: ApiObject): void {
    const { name, resourceVersion } = item.metadata;
    this.change((held) => {
      const known = held.get(name);
      if (known !== undefined && isOlder(resourceVersion, known.resourceVersion)) return;
      held.set(name, toHeld(item, known));
    });
  }

  remove({ metadata }: ApiObject): void {
    this.change((held) => held.delete(metadata.name));
  }

  advance(version: string): void {
    this.version = version;
  }

  failed(): void {
    this.held = undefined;
    this.changed();
  }

  private change(work: (held: Map<string, Held>) => unknown): void {
    if (this.held === undefined) return;
    const before = new Map(this.held);
    work(this.held);
    if (!isDeepStrictEqual(before, this.held)) this.changed();
  }

  private nameOf(version: string): string {
    return this.name.replaceAll('{version}', version);
  }

  private versionOf(name: string): Version | undefined {
    const [before = '', ...after] = this.name.split('{version}');
    const end = name.length - (after.at(-1)?.length ?? 0);
    const version = name.slice(before.length, end);
    return version !== '' && this.nameOf(version) === name ? versionNamed(version) : undefined;
  }
}

function toHeld({ kind, metadata, spec, status }: ApiObject, known?: Held): Held {
  const { name, uid = '', resourceVersion } = metadata;
  const isScale = kind === 'Scale';
  return {
    name,
    uid,
    resourceVersion,
    replicas: count(fieldsOf(spec)['replicas'], isScale ? 0 : 1),
    ready: isScale ? (known?.ready ?? 0) : count(fieldsOf(status)['readyReplicas'], 0),
  };
}

/** A Scale leaves out a number that is 0. */
const count = (value: unknown, absent: number): number =>
  typeof value === 'number' ? value : absent;
