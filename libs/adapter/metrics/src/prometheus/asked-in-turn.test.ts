import { instant } from '@spillway/kernel';
import { beforeEach, expect, it } from '@jest/globals';
import type { Answer } from './answer.js';
import { AskedInTurn } from './asked-in-turn.js';
import { connections } from './prometheus-client.js';

const series: Answer = { kind: 'series', series: [] };
const nothing: Answer = { kind: 'silence', message: 'no answer' };

/** What is with the backend, each to be answered by the test. Its time is running. */
let asked: { readonly promql: string; readonly say: (answer: Answer) => void }[];
let backend: ConstructorParameters<typeof AskedInTurn>[0];
beforeEach(() => {
  asked = [];
  const query = (promql: string): Promise<Answer> =>
    new Promise((say) => asked.push({ promql, say }));
  backend = { query, close: () => Promise.resolve(), where: 'Prometheus at x', timeoutMs: 10_000 };
});

const clock = { now: () => instant(0) };

function askMany(count: number): readonly Promise<Answer>[] {
  const prometheus = new AskedInTurn(backend, clock);
  return Array.from({ length: count }, (_, i) => prometheus.query(`q${i}`, instant(0)));
}

/** All that follows from what was said has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('leaves a question its whole time until a connection is free for it', async () => {
  const answers = askMany(connections + 2);
  await settled();
  expect(asked).toHaveLength(connections);
  asked[0]?.say(series);
  await settled();
  expect(asked.map(({ promql }) => promql).slice(connections)).toEqual([`q${connections}`]);
  asked.forEach(({ say }) => say(series));
  await settled();
  asked.forEach(({ say }) => say(series));
  expect(await Promise.all(answers)).toEqual(answers.map(() => series));
});

it('does not let those who waited ask where nobody answers', async () => {
  const answers = askMany(100);
  await settled();
  asked.forEach(({ say }) => say(nothing));
  expect(new Set(await Promise.all(answers))).toEqual(new Set([nothing]));
  expect(asked).toHaveLength(connections);
});

it('lets nobody wait for a turn longer than for an answer', async () => {
  backend = { ...backend, timeoutMs: 20 };
  const answers = askMany(connections + 1);
  expect(await answers.at(-1)).toEqual({
    kind: 'silence',
    message: `Prometheus at x: no turn within 20 ms; ${connections + 1} questions wait or are being answered`,
  });
  asked.forEach(({ say }) => say(series));
  await Promise.all(answers);
  await settled();
  expect(asked).toHaveLength(connections);
});
