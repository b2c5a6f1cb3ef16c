import { expect } from '@jest/globals';
import type { Stage } from './stage.js';

/** Values by name with labels. */
export type Series = ReadonlyMap<string, number>;

/** What a process answers Prometheus. */
export async function scrape({ url }: Stage): Promise<Series> {
  const answer = await fetch(`${url}/metrics`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ]);
  const lines = (await answer.text()).split('\n').filter((line) => /^[a-z]/.test(line));
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]));
}

/** Of all series of a metric whose labels match. */
export const total = (series: Series, start: RegExp): number =>
  [...series].filter(([name]) => start.test(name)).reduce((sum, [, value]) => sum + value, 0);
