import { roles, type Grant } from '@spillway/domain-access';
import { aService, aCluster, aCaller, Workshop } from '@spillway/application/testing';
import { aStrategy } from '@spillway/domain-release/testing';
import { fixedTokens } from '@spillway/interface-contract/bearer';
import { createGraphqlModule } from '@spillway/interface-graphql';
import { startRestApp, type RestApp } from '@spillway/interface-rest/testing';
import { clusterName, namespaceName, serviceName, strategyName, version } from '@spillway/kernel';

/** Everybody who asks: each role, everywhere; and somebody who has none. */
export const askers = ['nobody', ...roles] as const;
export type Asker = (typeof askers)[number];

export const tokenOf = (asker: Asker): string => `token-of-${asker}`;

const grantsOf = (asker: Asker): readonly Grant[] => (asker === 'nobody' ? [] : [{ role: asker }]);

/** The whole server over a database in memory, with what the examples of the reference speak of. */
export interface GuardedApp extends Pick<RestApp, 'url' | 'close'> {
  readonly release: string;
}

export async function startGuardedApp(): Promise<GuardedApp> {
  const workshop = new Workshop();
  const release = await furnish(workshop);
  const authenticate = fixedTokens(
    askers.map((asker) => ({ actor: asker, token: tokenOf(asker), grants: grantsOf(asker) })),
  );
  const app = await startRestApp({
    replace: { useCases: workshop.useCases, authenticate },
    imports: (options) => [createGraphqlModule(options)],
  });
  return { url: app.url, close: () => app.close(), release };
}

async function furnish({ uow, useCases }: Workshop): Promise<string> {
  const clusters = ['eu', 'us'].map(clusterName);
  await uow.run(async (tx) => {
    for (const name of clusters) await tx.clusters.put(aCluster({ name }));
    await tx.services.put(aService({ service: serviceName('shop/catalog'), clusters }));
    const { version: _, ...strategy } = aStrategy({ name: strategyName('canary-10') });
    await tx.strategies.put(strategy);
  });
  const policy = {
    namespace: namespaceName('shop'),
    clusters,
    mode: 'observe',
    allow: [],
  } as const;
  await useCases.putEgressPolicy(policy, aCaller());
  const started = await useCases.startRelease(
    {
      service: serviceName('shop/catalog'),
      candidate: version('v2'),
      strategy: strategyName('canary-10'),
      description: '',
    },
    aCaller(),
  );
  if (!started.ok) throw new Error(started.error.message);
  return started.value.id;
}
