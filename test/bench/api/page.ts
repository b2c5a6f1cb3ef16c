import type { WatchFigures } from './watch-figures.js';

export interface Compared {
  readonly name: string;
  readonly perSecond: number;
  readonly barePerSecond: number;
  /** The median of the rounds’ ratios. */
  readonly ratio: number;
  /** Of the process that answers, for each request. */
  readonly cpuMs: number;
  readonly bareCpuMs: number;
  /** At half of the load that it bore; the median of five runs. */
  readonly p99Ms: number;
}

export interface Figures {
  readonly compared: readonly Compared[];
  readonly watch: WatchFigures;
  readonly machine: string;
  readonly seconds: number;
}

export const promises = { ratio: 0.6, p99Ms: 50, watchP99Ms: 250 };

/** Sentences about each promise that the figures break. */
export function broken({ compared, watch }: Figures): readonly string[] {
  return [
    ...compared
      .filter((one) => one.ratio < promises.ratio)
      .map((one) => `${one.name}: ${one.ratio.toFixed(2)} of the bare handler’s throughput`),
    ...compared
      .filter(({ p99Ms }) => p99Ms >= promises.p99Ms)
      .map(({ name, p99Ms }) => `${name}: p99 of ${p99Ms.toFixed(0)} ms at half of the load`),
    ...(watch.p99Ms < promises.watchP99Ms
      ? []
      : [`${watch.watchers} watchers: p99 of ${watch.p99Ms.toFixed(0)} ms`]),
  ];
}

const row = (one: Compared): string =>
  `| ${one.name} | ${one.perSecond.toFixed(0)} | ${one.barePerSecond.toFixed(0)} | ${one.ratio.toFixed(2)} | ${one.cpuMs.toFixed(2)} | ${one.bareCpuMs.toFixed(2)} | ${one.p99Ms.toFixed(0)} |`;

export const pageOf = (figures: Figures): string => {
  const { compared, watch, machine, seconds } = figures;
  const missed = broken(figures);
  return `# Figures of the API

Written by \`npm run bench:api\`. ${machine}; ${Math.round(seconds)} s in all. Everything ran on that machine at the
same time: the control plane (role \`api\`, one process), Postgres, and whoever asked.

## Reading

Each endpoint, and a bare Fastify handler that sends the rows of the same reading by \`pg\`, in turns. 200 services, a
release of each in three clusters. The ratio is promised to be ${promises.ratio} or more, and 99 of 100 answers to
come within ${promises.p99Ms} ms at half of the load that the endpoint bore (sent at even distances; the median of five runs).

| endpoint | requests/s | bare requests/s | ratio | CPU, ms | bare CPU, ms | p99 at half load, ms |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${compared.map(row).join('\n')}

## Watching

${watch.watchers} event streams of one release, which was told ${watch.events} commands. From sending a command to the
arrival of its event at a watcher: ${watch.p50Ms.toFixed(0)} ms at the median, ${watch.p99Ms.toFixed(0)} ms for 99 of
100, ${watch.worstMs.toFixed(0)} ms at worst; ${promises.watchP99Ms} ms are promised for 99 of 100. A watcher takes
${watch.kilobytesEach.toFixed(0)} kB of the process, which had served nothing else.

${missed.length === 0 ? 'Every promise was kept.' : `Not kept in this run: ${missed.join('; ')}.`}
`;
};
