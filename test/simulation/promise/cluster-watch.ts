import type { ObjectChange, SimulatedMesh } from '@spillway/adapter-cluster';
import {
  claims,
  liveGeneration,
  ownershipOf,
  parseSplit,
  releaseAnnotation,
  routingName,
  subsetsOf,
  virtualServicePlace,
  type LiveObject,
  type MeshService,
} from '@spillway/domain-istio';
import {
  NOTHING,
  releaseId,
  splitServiceName,
  type ReleaseId,
  type ServiceName,
  type Version,
} from '@spillway/kernel';
import type { Book } from '../book.js';
import type { Decided, Decisions } from './decisions.js';
import { peoplesPart } from './leaves.js';
import { PodWatch } from './pod-watch.js';

/** What one cluster has held of a service. */
interface Held {
  /** Generations that were in the route at some moment, as they were decided on. */
  readonly generations: Set<number>;
  newest: number;
  /** Somebody else had the last word about the route. */
  isOthers: boolean;
}

/** The candidate has more than it had. */
export type Rise = (service: ServiceName, release: ReleaseId, by: Decided) => void;

/** Looks at a cluster with each change of its objects, whoever made it. */
export class ClusterWatch {
  private readonly held = new Map<ServiceName, Held>();
  private areOthersWriting = false;
  private readonly pods: PodWatch;

  constructor(
    private readonly mesh: SimulatedMesh,
    private readonly services: readonly MeshService[],
    private readonly book: Book,
    private readonly decisions: Decisions,
    private readonly onRise: Rise,
  ) {
    this.pods = new PodWatch(mesh, services, book);
    mesh.apiServer.onChange((change) => this.look(change));
  }

  /** What changes in here is no doing of Spillway, whatever name it bears. */
  byOthers(change: () => void): void {
    this.areOthersWriting = true;
    change();
    this.areOthersWriting = false;
  }

  /** Whether it ever was routed as was decided. An adopted route does not say for which generation the candidate has nothing. */
  hasHeld(name: ServiceName, generation: number, decided: Decided | undefined): boolean {
    if (this.held.get(name)?.generations.has(generation) === true) return true;
    const service = this.serviceOf(name);
    const { kind } = ownershipOf(service);
    if (decided === undefined || kind === 'managed' || kind === 'delegate') return false;
    const { candidate, weight } = decided;
    if (kind === 'replicas') return this.pods.hasHeld(service, candidate, weight);
    return weight === this.weightOf(name, candidate);
  }

  /** The share of a version by the cluster's own route; none without a route. Of pods their number. */
  weightOf(name: ServiceName, version: Version): number {
    const service = this.serviceOf(name);
    const isPods = ownershipOf(service).kind === 'replicas';
    return isPods ? this.pods.of(service, version) : shareOf(this.objects(name), version, service);
  }

  /** What a release gave its candidate there, and nobody else did. */
  givenBy(release: ReleaseId, service: ServiceName, candidate: Version): number {
    const isTheirs = this.heldOf(service).isOthers || this.ownerOf(service) !== release;
    return isTheirs ? NOTHING : this.weightOf(service, candidate);
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

  objects(name: ServiceName) {
    const service = this.serviceOf(name);
    const [route, rule] = [virtualServicePlace(service), routingName(service)];
    return {
      virtualService: this.mesh.apiServer.find({ kind: 'VirtualService', ...route }),
      destinationRule: this.mesh.apiServer.find({ kind: 'DestinationRule', ...rule }),
    };
  }

  serviceOf(name: ServiceName): MeshService {
    const found = this.services.find(({ service }) => service === name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  }

  private look(change: ObjectChange): void {
    const object = change.after ?? change.before;
    if (object === undefined) return;
    const isOurs = !this.areOthersWriting && isBySpillway(change);
    const service = this.services.find((one) => isRoutingOf(one, object));
    if (service !== undefined) return this.lookAtOurs(service, change, isOurs);
    if (isOurs) this.broken('objects of others are not touched', object.metadata.name);
  }

  private lookAtOurs({ service }: MeshService, change: ObjectChange, isOurs: boolean): void {
    const held = this.heldOf(service);
    if (change.after?.kind === 'VirtualService') held.isOthers = !isOurs;
    if (isOurs) this.lookAtWrite(service, held, change);
    if (!held.isOthers) this.lookAtRoute(service);
  }

  /** Weights are whole, and of subsets that are there. */
  private lookAtRoute(service: ServiceName): void {
    const { virtualService } = this.objects(service);
    if (virtualService === undefined) return;
    const about = this.serviceOf(service);
    const defined = this.mesh
      .objects()
      .filter((one) => one.kind === 'DestinationRule' && claims(one, about))
      .flatMap((destinationRule) => subsetsOf({ foreign: [], destinationRule }));
    const shares = parseSplit(virtualService, about)?.shares ?? new Map<string, number>();
    for (const subset of shares.keys()) {
      if (defined.some((one) => one === subset)) continue;
      this.broken('a route names only subsets that are there', `${service}: ${subset}`);
    }
    const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
    if (total !== 10_000) this.broken('weights are 100 % together', `${service}: ${total}`);
  }

  private lookAtWrite(service: ServiceName, held: Held, change: ObjectChange): void {
    const { before, after } = change;
    if (before !== undefined && after !== undefined) this.mustKeepOthers(before, after, service);
    if (after?.kind !== 'VirtualService') return;
    const generation = liveGeneration(after) ?? 0;
    if (generation === 0) return;
    if (generation < held.newest) {
      const detail = `${service}: ${generation} after ${held.newest}`;
      this.broken('generations reach a cluster in order', detail);
    }
    held.newest = Math.max(held.newest, generation);
    this.mustBeDecided(service, generation, change);
    held.generations.add(generation);
  }

  private mustBeDecided(
    service: ServiceName,
    generation: number,
    { before, after }: ObjectChange,
  ): void {
    const { cluster } = this.mesh;
    const release = releaseId(after?.metadata.annotations[releaseAnnotation] ?? 'none');
    const decided = this.decisions.of(release, cluster, generation);
    if (decided === undefined) {
      return this.broken('only what was decided on is written', `${service}: ${generation}`);
    }
    const had = shareOf({ virtualService: before }, decided.candidate, this.serviceOf(service));
    const weight = this.weightOf(service, decided.candidate);
    if (weight > decided.weight) {
      const detail = `${service}: ${weight} of ${decided.weight} in generation ${generation}`;
      this.broken('no weight is above its step', detail);
    }
    if (weight > had) this.rise(service, release, decided);
    if (before === undefined || liveGeneration(before) !== generation) return;
    if (isByOthers(before) && this.decisions.isBelieved(release, cluster, generation)) {
      this.broken('no edit is overwritten before it is noted', `${service}: ${generation}`);
    }
  }

  private rise(service: ServiceName, release: ReleaseId, by: Decided): void {
    if (this.decisions.isGivenBack(release, this.mesh.cluster)) {
      this.broken('after a rollback no weight rises again', service);
    }
    this.onRise(service, release, by);
  }

  private mustKeepOthers(before: LiveObject, after: LiveObject, service: ServiceName): void {
    const isTheirs = ownershipOf(this.serviceOf(service)).kind === 'adopted';
    if (isTheirs && after.kind === 'VirtualService') {
      const { name } = splitServiceName(service);
      if (peoplesPart(before, name) === peoplesPart(after, name)) return;
      return this.broken('of an adopted route people keep what is theirs', service);
    }
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

const shareOf = (
  { virtualService }: { readonly virtualService: LiveObject | undefined },
  version: Version,
  service: MeshService,
): number =>
  (virtualService && parseSplit(virtualService, service)?.shares.get(version)) ?? NOTHING;

const isRoutingOf = (service: MeshService, { kind, metadata }: LiveObject): boolean => {
  const isRoute = kind === 'VirtualService';
  const place = isRoute ? virtualServicePlace(service) : routingName(service);
  return place.name === metadata.name && place.namespace === metadata.namespace;
};
