import type { ServiceDocument, StrategyDocument } from '@spillway/sdk';
import type { RequestOptions } from '../src/data-plane/index.js';
import { gatewayName } from './objects.js';
import { StagedRelease, type Steps } from './staged-release.js';
import type { TrafficStage } from './traffic-stage.js';

/** A service of its own for a test, in the namespace `shop`, with two Pods of v1 and two of v2. */
export class StagedService {
  private strategies = 0;

  private constructor(
    readonly stage: TrafficStage,
    readonly name: string,
  ) {}

  static async create(
    stage: TrafficStage,
    name: string,
    document: Partial<ServiceDocument> = {},
  ): Promise<StagedService> {
    const { admin, client, cluster } = stage;
    const { protocol = 'http', port = 80, versionHost } = document;
    await admin.apply('/api/v1/namespaces/shop/services', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'shop', labels: { app: name } },
      spec: {
        selector: { app: name },
        ports: [{ name: protocol, port, targetPort: 8080 }],
      },
    });
    for (const version of ['v1', 'v2']) {
      const app = versionHost?.replace('{version}', version) ?? name;
      if (app !== name) await admin.createService({ namespace: 'shop', name: app });
      await admin.setPods({ namespace: 'shop', name: app }, version, 2);
    }
    await client.services.put({
      name: `shop/${name}`,
      port,
      stable: 'v1',
      clusters: [cluster.name],
      ...document,
    });
    await stage.plane.settled();
    return new StagedService(stage, name);
  }

  /** For those who call from the mesh. */
  get inMesh(): RequestOptions {
    return { host: `${this.name}.shop.svc.cluster.local` };
  }

  /** For those who come through the gateway. */
  get atEdge(): RequestOptions {
    return { host: `${this.name}.example.com` };
  }

  /** Requests that the Pods of a version got, copies included. */
  got(version: string): number {
    return this.stage.plane.upstreams.requests({ namespace: 'shop', name: this.name }, version)
      .total;
  }

  /** Starts a release that stands still after each of the steps, and waits for the first. */
  async release(steps: Steps, about: About = {}): Promise<StagedRelease> {
    const paused = steps.flatMap((step) => [step, { pause: {} }]);
    const release = await this.begin({ steps: paused, ...about });
    await release.atStep(0);
    return release;
  }

  /** Takes all of the steps, and stands still after the last. */
  async releaseOnce(steps: Steps, about: About = {}): Promise<StagedRelease> {
    const release = await this.begin({ steps: [...steps, { pause: {} }], ...about });
    await release.reaches('paused');
    return release;
  }

  /** Starts a release by a strategy of its own, and waits for nothing. */
  async begin({ candidate = 'v2', ...strategy }: About & { steps: Steps }): Promise<StagedRelease> {
    const { client } = this.stage;
    const name = `${this.name}-${(this.strategies += 1)}`;
    await client.strategies.put({ name, ...strategy });
    const service = `shop/${this.name}`;
    const { id } = await client.releases.start({ service, candidate, strategy: name });
    return new StagedRelease(this.stage, id);
  }
}

/** What a release has beside its steps. */
type About = Omit<Partial<StrategyDocument>, 'steps' | 'name'> & { readonly candidate?: string };

/** The gateway and the public host under which a staged service is reached from outside. */
export const edgeOf = (name: string): NonNullable<ServiceDocument['edge']> => ({
  gateways: [gatewayName],
  hosts: [`${name}.example.com`],
});
