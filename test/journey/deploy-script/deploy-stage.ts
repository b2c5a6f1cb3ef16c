import type { StrategyDocument } from '@spillway/sdk';
import { freshDatabase } from '@spillway/testing/postgres';
import { documents } from '../../control-plane/documents.js';
import { readyStage, type Stage } from '../../control-plane/stage.js';

/** As the pages name them, beside those of the stage. */
const strategies: readonly StrategyDocument[] = [
  { name: 'canary-10', steps: [{ setWeight: 10 }, { setWeight: 50 }] },
  { name: 'wait-at-30', steps: [{ setWeight: 30 }, { pause: {} }] },
];

/** A whole control plane, with `shop/catalog` in two clusters: v1 serves, v2 is as good, v3 fails. */
export interface DeployStage extends Stage {
  /** v1 serves again, and nothing is being released. */
  reset(): Promise<void>;
}

export async function openDeployStage(): Promise<DeployStage> {
  const database = await freshDatabase();
  const stage = await readyStage({ databaseUrl: database.url });
  for (const strategy of strategies) await stage.client.strategies.put(strategy);
  return {
    ...stage,
    reset: () => backToV1(stage),
    stop: async () => {
      await stage.stop();
      await database.drop();
    },
  };
}

async function backToV1({ client }: Stage): Promise<void> {
  for await (const { id, final } of client.releases.list()) {
    if (final) continue;
    await client.releases.abort(id);
    await client.releases.waitFor(id);
  }
  const { name } = documents.service;
  const { stable } = await client.services.get(name);
  if (stable === 'v1') return;
  const back = { service: name, candidate: 'v1', strategy: 'quick' };
  const { id } = await client.releases.start(back);
  await client.releases.waitFor(id, { until: 'succeeded' });
}
