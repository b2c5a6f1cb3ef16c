import { expect, it } from '@jest/globals';
import { aMoment } from '@spillway/domain-release/testing';
import { after, clusterName, releaseId } from '@spillway/kernel';
import type { Job } from '../../port/job-queue.js';
import { InMemoryJobQueue } from './in-memory-job-queue.js';
import { VirtualClock } from './virtual-clock.js';

const release = releaseId('one');
const reconcile: Job = { kind: 'reconcile', release };
const cluster = clusterName('eu');
const apply: Job = { kind: 'apply', release, cluster };
const measure: Job = { kind: 'measure', release, cluster };
const nothing = () => Promise.resolve();

const start = () => {
  const clock = new VirtualClock(aMoment);
  return { clock, jobs: new InMemoryJobQueue(clock) };
};

it('hands out jobs of one moment as reconcile, apply, measure, and earlier moments first', () => {
  const { clock, jobs } = start();
  const early: Job = { kind: 'measure', release: releaseId('two'), cluster };
  for (const job of [measure, apply, reconcile]) jobs.add(job, clock.now());
  jobs.add(early, after(clock.now(), -1));
  expect(jobs.due(clock.now()).map(({ job }) => job)).toEqual([early, reconcile, apply, measure]);
});

it('tells when the next job is due, and runs it when that moment has come', async () => {
  const { clock, jobs } = start();
  jobs.add(reconcile, after(aMoment, 500));
  expect(jobs.nextRunAt()).toBe(after(aMoment, 500));
  expect(await jobs.run(nothing)).toBe(0);
  await clock.advanceTo(after(aMoment, 500));
  expect(await jobs.run(nothing)).toBe(1);
  expect(jobs.nextRunAt()).toBeUndefined();
});

it('gives no second worker a job of the same kind and subject', () => {
  const { clock, jobs } = start();
  jobs.add(reconcile, clock.now());
  const taken = jobs.take();
  jobs.add(reconcile, clock.now());
  expect(jobs.take()).toBeUndefined();
  taken?.done();
  expect(jobs.take()?.job).toEqual(reconcile);
});

it('runs a job again that a worker put back', () => {
  const { clock, jobs } = start();
  jobs.add(reconcile, clock.now());
  jobs.take()?.putBack(clock.now());
  expect(jobs.take()?.job).toEqual(reconcile);
});

it('throws the error of a failed job and keeps the job for a second later', async () => {
  const { jobs } = start();
  jobs.add(reconcile, aMoment);
  await expect(jobs.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(jobs.nextRunAt()).toBe(after(aMoment, 1_000));
});

it('stops jobs that make each other due for ever', async () => {
  const { jobs } = start();
  jobs.add(reconcile, aMoment);
  const again = () => Promise.resolve(jobs.add(reconcile, aMoment));
  await expect(jobs.run(again)).rejects.toThrow('without a moment passing');
});
