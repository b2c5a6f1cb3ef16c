import { EventEmitter } from 'node:events';
import { expect, it } from '@jest/globals';
import type { WorkerEvents } from 'graphile-worker';
import { Overdue } from './overdue.js';

/** Waits as often as it is told to. */
const begun = () => {
  const events = new EventEmitter();
  const waits: (() => void)[] = [];
  const pause = () => new Promise<void>((resolve) => void waits.push(resolve));
  const overdue = new Overdue(events as WorkerEvents, pause);
  const waitOnce = async (): Promise<void> => {
    waits.shift()?.();
    await new Promise(setImmediate);
  };
  return { events, overdue, waits, waitOnce };
};

it('waits for no workers that take jobs', () => {
  expect(begun().waits).toEqual([]);
});

it('passes when they gave up and their last job is done', async () => {
  const { events, overdue, waits, waitOnce } = begun();
  let finish = (): void => undefined;
  const job = overdue.during(new Promise((resolve) => (finish = resolve)));
  events.emit('pool:gracefulShutdown');
  await waitOnce();
  expect(waits).toHaveLength(1);
  finish();
  await job;
  await waitOnce();
  await overdue.passed;
  expect(waits).toEqual([]);
});
