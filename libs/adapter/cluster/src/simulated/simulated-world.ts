import type { Clock } from '@spillway/application';
import type { ClusterName } from '@spillway/kernel';
import { SimulatedMesh, type SimulatedMeshOptions } from './simulated-mesh.js';
import type { Timers } from './timers.js';

export interface SimulatedWorldOptions extends Pick<
  SimulatedMeshOptions,
  'watchDelay' | 'distributionDelay'
> {
  readonly clock: Clock;
  readonly timers: Timers;
}

/**
 * The simulated clusters of a process, by name: whoever asks for a name reaches
 * the same cluster. They live as long as the process.
 */
export class SimulatedWorld {
  readonly #meshes = new Map<ClusterName, SimulatedMesh>();

  constructor(private readonly options: SimulatedWorldOptions) {}

  /** Makes the cluster when it is first asked for; only then does the seed count. */
  mesh(cluster: ClusterName, seed: number): SimulatedMesh {
    const known = this.#meshes.get(cluster);
    if (known !== undefined) return known;
    const mesh = new SimulatedMesh({ ...this.options, cluster, seed });
    this.#meshes.set(cluster, mesh);
    return mesh;
  }

  find(cluster: ClusterName): SimulatedMesh | undefined {
    return this.#meshes.get(cluster);
  }
}
