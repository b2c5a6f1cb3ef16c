import type { SimulatedMesh } from '@spillway/adapter-cluster';
import { ownershipOf, replicaSplit, type MeshService } from '@spillway/domain-istio';
import type { BasisPoints, Version } from '@spillway/kernel';
import type { Book } from '../book.js';
import { pods } from '../owned.js';

/** Looks at the pods of services without a mesh, whose weights they are, whenever somebody asks for others. */
export class PodWatch {
  private readonly asked = new Set<string>();
  private readonly services: readonly MeshService[];

  constructor(
    private readonly mesh: SimulatedMesh,
    services: readonly MeshService[],
    private readonly book: Book,
  ) {
    this.services = services.filter((service) => ownershipOf(service).kind === 'replicas');
    const { deployments } = mesh;
    const scale = deployments.scale.bind(deployments);
    deployments.scale = (write) => {
      const outcome = scale(write);
      this.look();
      return outcome;
    };
  }

  /** Pods that are asked for. */
  of({ service, host, ...rest }: MeshService, version: Version): number {
    const all = this.mesh.deployments.of({ service, host, ...rest });
    return all.get(version)?.replicas ?? 0;
  }

  /** Whether a version ever was to have the pods of this weight. */
  hasHeld(service: MeshService, version: Version, weight: BasisPoints): boolean {
    const { candidate } = replicaSplit(pods, weight);
    const isNow = this.of(service, version) === candidate;
    return isNow || this.asked.has(`${service.service} ${version} ${candidate}`);
  }

  private look(): void {
    for (const service of this.services) {
      const all = [...this.mesh.deployments.of(service)];
      for (const [version, { replicas }] of all) {
        this.asked.add(`${service.service} ${version} ${replicas}`);
      }
      if (all.some(([, { ready }]) => ready > 0)) continue;
      this.book.break(
        'somebody answers at every moment',
        `${this.mesh.cluster}: ${service.service}`,
      );
    }
  }
}
