import type { ObjectChange, SimulatedMesh } from '@spillway/adapter-cluster';
import {
  liveGeneration,
  parseSplit,
  releaseAnnotation,
  subsetsOf,
  type LiveObject,
} from '@spillway/domain-istio';
import { NOTHING, releaseId, serviceName, type ServiceName, type Version } from '@spillway/kernel';
import type { Book } from '../book.js';
import type { Decisions } from './decisions.js';

const suffix = '-spillway';

/** What one cluster has held of a service. */
interface Held {
  /** Generations that were in the route at some moment, as they were decided on. */
  readonly generations: Set<number>;
  newest: number;
  /** Somebody else had the last word about the route. */
  isOthers: boolean;
}

/** Looks at a cluster with each change of its objects, whoever made it. */
export class ClusterWatch {
  private readonly held = new Map<ServiceName, Held>();
  private areOthersWriting = false;

  constructor(
    private readonly mesh: SimulatedMesh,
    private readonly book: Book,
    private readonly decisions: Decisions,
  ) {
    mesh.apiServer.onChange((change) => this.look(change));
  }

  /** What changes in here is no doing of Spillway, whatever name it bears. */
  byOthers(change: () => void): void {
    this.areOthersWriting = true;
    change();
    this.areOthersWriting = false;
  }

  hasHeld(service: ServiceName, generation: number): boolean {
    return this.held.get(service)?.generations.has(generation) === true;
  }

  /** The share of a version by the cluster's own route; none without a route. */
  weightOf(service: ServiceName, version: Version): number {
    const { virtualService } = this.objects(service);
    return shareOf(virtualService, version);
  }

  /** Which release wrote the route that is there. */
  ownerOf(service: ServiceName): string | undefined {
    return this.objects(service).virtualService?.metadata.annotations[releaseAnnotation];
  }

  /** Where Spillway never wrote there is nothing to give back. */
  isUntouched(service: ServiceName): boolean {
    const { virtualService, destinationRule } = this.objects(service);
    return virtualService === undefined && destinationRule === undefined;
  }

  objects(service: ServiceName) {
    const [namespace = '', name = ''] = service.split('/');
    const place = { namespace, name: `${name}${suffix}` };
    return {
      virtualService: this.mesh.apiServer.find({ kind: 'VirtualService', ...place }),
      destinationRule: this.mesh.apiServer.find({ kind: 'DestinationRule', ...place }),
    };
  }

  private look(change: ObjectChange): void {
    const { metadata } = change.after ?? change.before ?? {};
    if (metadata === undefined) return;
    const isOurs = !this.areOthersWriting && isBySpillway(change);
    if (metadata.name.endsWith(suffix)) return this.lookAtOurs(metadata, change, isOurs);
    if (isOurs) this.broken('objects of others are not touched', metadata.name);
  }

  private lookAtOurs(
    metadata: LiveObject['metadata'],
    change: ObjectChange,
    isOurs: boolean,
  ): void {
    const name = metadata.name.slice(0, -suffix.length);
    const service = serviceName(`${metadata.namespace}/${name}`);
    const held = this.heldOf(service);
    if (change.after?.kind === 'VirtualService') held.isOthers = !isOurs;
    if (isOurs) this.lookAtWrite(service, held, change);
    if (!held.isOthers) this.lookAtRoute(service);
  }

  /** Weights are whole, and of subsets that are there. */
  private lookAtRoute(service: ServiceName): void {
    const { virtualService, destinationRule } = this.objects(service);
    if (virtualService === undefined) return;
    const defined = subsetsOf({ foreign: [], ...(destinationRule && { destinationRule }) });
    const shares = parseSplit(virtualService)?.shares ?? new Map<string, number>();
    for (const subset of shares.keys()) {
      if (defined.some((one) => one === subset)) continue;
      this.broken('a route names only subsets that are there', `${service}: ${subset}`);
    }
    const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
    if (total !== 10_000) this.broken('weights are 100 % together', `${service}: ${total}`);
  }

  private lookAtWrite(service: ServiceName, held: Held, { before, after }: ObjectChange): void {
    if (before !== undefined && after !== undefined) this.mustKeepOthers(before, after);
    if (after?.kind !== 'VirtualService') return;
    const generation = liveGeneration(after) ?? 0;
    if (generation === 0) return;
    if (generation < held.newest) {
      const detail = `${service}: ${generation} after ${held.newest}`;
      this.broken('generations reach a cluster in order', detail);
    }
    held.newest = Math.max(held.newest, generation);
    this.mustBeDecided(service, generation, after, before);
    held.generations.add(generation);
  }

  private mustBeDecided(
    service: ServiceName,
    generation: number,
    after: LiveObject,
    before: LiveObject | undefined,
  ): void {
    const { cluster } = this.mesh;
    const release = releaseId(after.metadata.annotations[releaseAnnotation] ?? 'none');
    const decided = this.decisions.of(release, cluster, generation);
    if (decided === undefined) {
      return this.broken('only what was decided on is written', `${service}: ${generation}`);
    }
    const weight = shareOf(after, decided.candidate);
    if (weight > decided.weight) {
      const detail = `${service}: ${weight} of ${decided.weight} in generation ${generation}`;
      this.broken('no weight is above its step', detail);
    }
    const isRisen = weight > shareOf(before, decided.candidate);
    if (isRisen && this.decisions.isGivenBack(release, cluster)) {
      this.broken('after a rollback no weight rises again', `${service}: ${weight}`);
    }
    if (before === undefined || liveGeneration(before) !== generation) return;
    if (isByOthers(before) && this.decisions.isBelieved(release, cluster, generation)) {
      this.broken('no edit is overwritten before it is noted', `${service}: ${generation}`);
    }
  }

  private mustKeepOthers(before: LiveObject, after: LiveObject): void {
    for (const kind of ['labels', 'annotations'] as const) {
      for (const [key, value] of Object.entries(before.metadata[kind])) {
        if (isOwnKey(key) || after.metadata[kind][key] === value) continue;
        this.broken('fields of others stay', `${before.metadata.name}: ${key}`);
      }
    }
  }

  private heldOf(service: ServiceName): Held {
    const known = this.held.get(service);
    if (known !== undefined) return known;
    const held = { generations: new Set<number>(), newest: 0, isOthers: false };
    this.held.set(service, held);
    return held;
  }

  private broken(promise: string, detail: string): void {
    this.book.break(promise, `${this.mesh.cluster}: ${detail}`);
  }
}

const isOwnKey = (key: string): boolean =>
  key.startsWith('spillway.dev/') || key === 'app.kubernetes.io/managed-by';

const isBySpillway = ({ after }: ObjectChange): boolean =>
  after?.metadata.managers[0]?.name === 'spillway';

const isByOthers = ({ metadata }: LiveObject): boolean => metadata.managers[0]?.name !== 'spillway';

const shareOf = (object: LiveObject | undefined, version: Version): number =>
  object === undefined ? NOTHING : (parseSplit(object)?.shares.get(version) ?? NOTHING);
