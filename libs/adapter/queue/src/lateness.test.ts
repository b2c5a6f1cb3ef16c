import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { Job, WorkerEvents } from 'graphile-worker';
import { Lateness } from './lateness.js';

const job = (lateMs: number): Job =>
  ({ run_at: new Date(10_000), locked_at: new Date(10_000 + lateMs) }) as Job;

let now = 0;
const open = () => {
  const events: WorkerEvents = new EventEmitter();
  return { events, lateness: new Lateness(events, () => now) };
};

describe('how late a job is', () => {
  it('is told by the clock of the database alone, whatever this machine says', () => {
    expect(open().lateness.of(job(1_500))).toBe(1_500);
  });

  it('is nothing for one that was taken in its moment', () => {
    expect(open().lateness.of(job(-3))).toBe(0);
    expect(open().lateness.of({ ...job(0), locked_at: null })).toBe(0);
  });

  it('goes on while it waits in this process for a slot', () => {
    const { events, lateness } = open();
    const fetched = job(200);
    events.emit('localQueue:getJobs:complete', { jobs: [fetched] } as never);
    now += 30;
    expect(lateness.of(fetched)).toBe(230);
  });
});
