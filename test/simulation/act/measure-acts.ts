import { version } from '@spillway/kernel';
import type { Dice } from '../dice.js';
import type { Night } from '../night.js';

const v2 = version('v2');

const metrics = ({ site, clusters }: Night, dice: Dice): string => {
  const cluster = dice.one(clusters);
  const mesh = site.mesh(cluster);
  const moods = {
    'are gone': () => mesh.metricsDown(),
    'are empty': () => mesh.metricsEmpty(),
    'are NaN': () => mesh.metricsNaN(),
    'are late': () => site.metrics.be(cluster, 'late'),
    'are wrong': () => site.metrics.be(cluster, 'wrong'),
    'are back': () => {
      mesh.metricsUp();
      site.metrics.be(cluster, 'honest');
    },
  } as const;
  const text = dice.one(Object.keys(moods) as (keyof typeof moods)[]);
  moods[text]();
  return `metrics of ${cluster} ${text}`;
};

/** What versions do, what is measured of them, and what is answered outside. */
export const measureActs = {
  metrics,
  metricsAgain: metrics,
  errors: ({ site, clusters, services }: Night, dice: Dice) => {
    const [cluster, one] = [dice.one(clusters), dice.one(services)];
    const errorRate = dice.one([0, 0.001, 0.4]);
    site.mesh(cluster).setVersion(one, v2, { errorRate });
    return `${one.service} v2 fails ${errorRate * 100} % of its requests in ${cluster}`;
  },
  slowness: ({ site, clusters, services }: Night, dice: Dice) => {
    const [cluster, one] = [dice.one(clusters), dice.one(services)];
    const p99 = dice.one([110, 150, 900]);
    site.mesh(cluster).setVersion(one, v2, { latencyMs: { median: 20, p99 } });
    return `${one.service} v2 takes up to ${p99} ms in ${cluster}`;
  },
  traffic: ({ site, clusters, services }: Night, dice: Dice) => {
    const [cluster, one] = [dice.one(clusters), dice.one(services)];
    const rate = dice.one([3, 100, 100, 400]);
    site.mesh(cluster).setRequestRate(one, rate);
    return `${one.service} gets ${rate} requests a second in ${cluster}`;
  },
  hooks: ({ site }: Night, dice: Dice) => {
    site.outside.turn(dice);
    return 'a hook changes its mind';
  },
} as const;
