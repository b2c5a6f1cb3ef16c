import { duration, version } from '@spillway/kernel';
import type { Dice } from '../dice.js';
import type { Night } from '../night.js';
import type { Impairment } from '../promise/returns.js';

type Fault = (night: Night, dice: Dice, cluster: string) => string | undefined;

/** Something that happens to one of the clusters. */
const somewhere =
  (kind: 'once' | 'over' | Impairment, fault: Fault) =>
  (night: Night, dice: Dice): string | undefined => {
    const cluster = dice.one(night.clusters);
    const text = fault(night, dice, cluster);
    if (text === undefined) return undefined;
    if (kind !== 'over') night.fault(cluster, ...(kind === 'once' ? [] : [kind]));
    return `${cluster} ${text}`;
  };

const down = somewhere('unreachable', ({ site }, _dice, cluster) => {
  site.mesh(cluster).down();
  return 'cannot be reached';
});

/** What happens to API servers, to proxies and to pods. */
export const clusterActs = {
  clusterDown: down,
  clusterDownAgain: down,
  clusterUp: somewhere('over', (night, _dice, cluster) => {
    night.site.mesh(cluster).up();
    night.over(cluster, 'unreachable');
    return 'can be reached again';
  }),
  clusterSlow: somewhere('slow', ({ site }, dice, cluster) => {
    const ms = dice.one([200, 3_000, 7_000]);
    site.mesh(cluster).slow(ms);
    return `takes ${ms} ms for a call`;
  }),
  clusterFast: somewhere('over', (night, _dice, cluster) => {
    night.site.mesh(cluster).slow(0);
    night.site.mesh(cluster).lagWatches(duration(5));
    night.over(cluster, 'slow', 'lagging');
    return 'answers at once again';
  }),
  watchLags: somewhere('lagging', ({ site }, dice, cluster) => {
    const ms = dice.one([500, 3_000, 12_000]);
    site.mesh(cluster).lagWatches(duration(ms));
    return `tells its watches everything ${ms} ms late`;
  }),
  answerLost: somewhere('once', ({ site }, _dice, cluster) => {
    site.mesh(cluster).loseNextAnswer();
    return 'loses its next answer';
  }),
  writeRefused: somewhere('once', ({ site }, _dice, cluster) => {
    site.mesh(cluster).refuseNext('denied by policy');
    return 'refuses the next write';
  }),
  clusterLies: somewhere('once', ({ site }, dice, cluster) => {
    const times = 1 + dice.under(2);
    for (let i = 0; i < times; i += 1) site.mesh(cluster).lieNext();
    return `says of the next ${times} writes that they are done, and does not do them`;
  }),
  clusterRestored: somewhere('once', (night, dice, cluster) => {
    const kept = night.oldRoutes(cluster);
    if (kept.length === 0) return undefined;
    const old = dice.one(kept);
    const { apiServer } = night.site.mesh(cluster);
    night.site.promises.watch(night.named(cluster)).byOthers(() => apiServer.restore(old));
    return `reads back an old ${old.kind} ${old.metadata.name}`;
  }),
  podsGone: somewhere('once', (night, dice, cluster) => {
    const one = dice.one(night.services);
    night.site.mesh(cluster).setVersion(one, version('v2'), { readyEndpoints: 0 });
    return `has no pod of ${one.service} v2`;
  }),
  podsReady: somewhere('once', (night, dice, cluster) => {
    const one = dice.one(night.services);
    night.site.mesh(cluster).setVersion(one, version('v2'), { readyEndpoints: 3 });
    return `has pods of ${one.service} v2`;
  }),
  proxiesStuck: somewhere('once', ({ site }, dice, cluster) => {
    if (dice.under(2) === 0) site.fleet(cluster).behind('web-1');
    else site.mesh(cluster).proxiesStuck();
    return 'has proxies that obey no more';
  }),
  proxiesObey: somewhere('once', ({ site }, _dice, cluster) => {
    site.fleet(cluster).behind();
    site.mesh(cluster).proxiesObey();
    return 'has proxies that obey';
  }),
} as const;
