import { readFile, writeFile } from 'node:fs/promises';
import type { ChaosFigures } from './figures.js';

const begin = '<!-- chaos: written by "npm run chaos" -->';
const end = '<!-- chaos: end -->';

const words: Readonly<Record<string, string>> = {
  'worker kill': 'workers killed',
  'worker stop': 'workers stopped, and continued later',
  'writer kill': 'writers killed',
  'writer stop': 'writers stopped, and continued later',
  'api kill': 'API processes killed',
  'api stop': 'API processes stopped, and continued later',
  'postgres kill': 'Postgres killed, started again on its data',
  'postgres restart': 'Postgres restarted',
  'apiServer kill': 'API servers of Kubernetes killed, started again',
  'apiServer stop': 'API servers of Kubernetes stopped, and continued later',
};

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const listOf = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([name, count]) => `${count} ${words[name] ?? name}`).join(', ');
const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;

export function figuresText(figures: ChaosFigures): string {
  const { seed, kills, minutes, ends, strikes, aborts, events, versions, accepted, calmMs } =
    figures;
  const waits = aborts.map(({ ms }) => ms);
  const releases = [...ends.values()].reduce((sum, one) => sum + one, 0);
  const rows = [
    [`signals in ${figures.seconds} s`, listOf(strikes)],
    [`${releases} releases ended as they should`, listOf(ends)],
    ['accepted commands, each once in the history', String(accepted)],
    ['events, in chains without a gap', events.toLocaleString('en')],
    [
      'versions of VirtualServices in etcd, each just as it was decided',
      versions.toLocaleString('en'),
    ],
    [
      'accepted abort → written in a cluster, while it could be',
      `median ${seconds(quantile(waits, 0.5))}, p90 ${seconds(quantile(waits, 0.9))}, longest ${seconds(waits.at(-1) ?? 0)} of ${waits.length}`,
    ],
    ['last signal → end of the last release', seconds(calmMs)],
  ];
  const table = rows.map(([name, value]) => `| ${name} | ${value} |`);
  return [
    `Seed ${seed}, ${kills} signals. \`npm run chaos -- --seed ${seed} --kills ${kills} --releases ${releases} --minutes ${minutes}\` does it again;`,
    'the dice choose whom and how, and the machine when exactly, so times differ.',
    '',
    '| what | seen |',
    '| --- | --- |',
    ...table,
  ].join('\n');
}

/** Between its markers; what else is on the page stays. */
export async function publish(figures: ChaosFigures, file: string): Promise<void> {
  const page = await readFile(file, 'utf8');
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} has no markers`);
  await writeFile(file, `${before}${begin}\n\n${figuresText(figures)}\n\n${end}${after}`);
}
