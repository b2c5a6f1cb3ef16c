import type { ApplyOutcome, Clock } from '@spillway/application';
import {
  applyPatch,
  ownershipOf,
  type LiveDeployment,
  type MeshService,
  type Write,
} from '@spillway/domain-istio';
import { InvariantBroken, after, duration, splitServiceName, type Version } from '@spillway/kernel';
import type { Timers } from './timers.js';

/** From a pod that is asked for to one that is ready. */
const startTime = duration(3_000);

interface Held {
  readonly service: MeshService;
  readonly version: Version;
  readonly live: LiveDeployment;
}

type Scale = Extract<Write, { do: 'patch' }>;

/** Deployments of services that are routed by replica counts: pods come in a while and go at once. */
export class SimulatedDeployments {
  readonly #held = new Map<string, Held>();
  #version = 0;

  constructor(
    private readonly clock: Clock,
    private readonly timers: Timers,
    private readonly onReady: (service: MeshService, version: Version, ready: number) => void,
  ) {}

  /** The Deployment of a version, all of its pods ready. */
  deploy(service: MeshService, version: Version, replicas: number): void {
    const name = nameOf(service, version);
    this.#hold({ service, version, live: { name, replicas, ready: replicas, ...this.#stamp() } });
  }

  of({ service }: MeshService): ReadonlyMap<Version, LiveDeployment> {
    const own = [...this.#held.values()].filter((held) => held.service.service === service);
    return new Map(own.map(({ version, live }) => [version, live]));
  }

  scale({ place, operations, resourceVersion }: Scale): ApplyOutcome {
    const held = this.#held.get(`${place.namespace}/${place.name}`);
    if (held?.live.resourceVersion !== resourceVersion) return { kind: 'conflict' };
    const patched = applyPatch({ spec: { replicas: held.live.replicas } }, operations);
    if (patched === undefined) return { kind: 'refused', reason: 'the replicas are others' };
    const { replicas } = patched.spec;
    const ready = Math.min(held.live.ready, replicas);
    this.#hold({ ...held, live: { ...held.live, replicas, ready, ...this.#stamp() } });
    if (ready < replicas) {
      const { service, version } = held;
      this.timers.schedule(after(this.clock.now(), startTime), () => this.#start(service, version));
    }
    return { kind: 'applied' };
  }

  #start(service: MeshService, version: Version): void {
    const held = this.#held.get(keyOf(service, nameOf(service, version)));
    if (held === undefined || held.live.ready === held.live.replicas) return;
    this.#hold({
      ...held,
      live: { ...held.live, ready: held.live.replicas, ...this.#stamp() },
    });
  }

  #hold(held: Held): void {
    this.#held.set(keyOf(held.service, held.live.name), held);
    this.onReady(held.service, held.version, held.live.ready);
  }

  #stamp(): Pick<LiveDeployment, 'resourceVersion'> {
    this.#version += 1;
    return { resourceVersion: String(this.#version) };
  }
}

const keyOf = ({ service }: MeshService, name: string): string =>
  `${splitServiceName(service).namespace}/${name}`;

function nameOf(service: MeshService, version: Version): string {
  const ownership = ownershipOf(service);
  if (ownership.kind !== 'replicas') {
    throw new InvariantBroken(`${service.service} is not routed by its pods`);
  }
  return ownership.deployment.replaceAll('{version}', version);
}
