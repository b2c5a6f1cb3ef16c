import type { EgressRecord } from '@spillway/application';
import { aCaller } from '@spillway/application/testing';
import type { LiveEgressObject } from '@spillway/domain-egress';
import { fieldsOf, listOf } from '@spillway/domain-istio';
import { after, namespaceName, type ClusterName } from '@spillway/kernel';
import { must } from '../virtual/virtual-engine.js';
import type { Night } from './night.js';
import { isClosing, isOwnEgress } from './promise/egress-watch.js';

const shop = namespaceName('shop');

/** What was said last of a namespace is said again, and then is so in every cluster. */
export async function mustReachOnly(night: Night): Promise<void> {
  const { site, clock } = night;
  const stored = () => site.store.run((tx) => tx.egress.get(shop));
  const said = await stored();
  if (said === undefined) return;
  const { namespace, clusters, mode, allow } = said;
  const again = { namespace, clusters, mode, allow, acceptBlocked: 'as before' };
  must(await site.founder.putEgressPolicy(again, aCaller('kim')));
  await clock.until(after(site.time.now(), 120_000));
  const record = await stored();
  if (record === undefined) return;
  for (const { cluster, applied, because } of record.rollouts) {
    if (applied === record.generation) continue;
    site.book.break('a policy for what leaves comes to each cluster', `${cluster}: ${because}`);
  }
  for (const cluster of night.everywhere) mustBeAsSaid(night, cluster, record);
}

function mustBeAsSaid({ site }: Night, cluster: ClusterName, record: EgressRecord): void {
  const objects = site.mesh(cluster).egress.objects();
  const isIn = record.clusters.includes(cluster);
  const found = [objects.some(isClosing), openedBy(objects).join()].join(': ');
  const hosts = isIn ? record.allow.flatMap((entry) => entry.hosts).toSorted() : [];
  const wanted = [isIn && record.mode === 'enforce', hosts.join()].join(': ');
  if (found === wanted) return;
  const detail = `${cluster}: closed is ${found}, instead of ${wanted}`;
  site.book.break('what leaves a cluster is what was said last', detail);
}

const openedBy = (objects: readonly LiveEgressObject[]): readonly string[] =>
  objects
    .filter((object) => object.kind === 'ServiceEntry' && isOwnEgress(object))
    .flatMap(({ spec }) => listOf(fieldsOf(spec)['hosts']).map(String))
    .toSorted();
