import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What was scraped of one series, once upon a time. */
export interface HistorySeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** In the order of their moments, which are in milliseconds since 1970. */
  readonly samples: readonly (readonly [at: number, value: number])[];
}

/** Writes the past that a Prometheus starts with, as if it had scraped it. */
export async function writeHistory(
  history: readonly HistorySeries[],
  folder: string,
): Promise<void> {
  const text = join(folder, 'history.txt');
  await pipeline(Readable.from(lines(history)), createWriteStream(text));
  const args = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', text, join(folder, 'data')];
  const promtool = spawn('promtool', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let problems = '';
  promtool.stderr.setEncoding('utf8').on('data', (more: string) => (problems += more));
  const [code] = (await once(promtool, 'close')) as [number | null];
  if (code !== 0) throw new Error(`promtool ended with ${code}: ${problems}`);
  await rm(text);
}

function* lines(history: readonly HistorySeries[]): Generator<string> {
  for (const { name, labels, samples } of history) {
    const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const series = `${name}{${pairs.join(',')}}`;
    yield samples.map(([at, value]) => `${series} ${value} ${(at / 1_000).toFixed(3)}\n`).join('');
  }
  yield '# EOF\n';
}
