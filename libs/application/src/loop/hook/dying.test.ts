import { describe, expect, it } from '@jest/globals';
import { aHook } from '@spillway/domain-release/testing';
import type { OutgoingAnswer, OutgoingRequest } from '../../port/outgoing.js';
import { aCaller } from '../../testing/fake/a-caller.js';
import { aWorkshop } from '../../testing/fake/workshop.js';
import type { Job } from '../../port/job-queue.js';
import { handleJob } from '../handle-job.js';
import { callHook } from './call-hook.js';

const gate = 'https://gate.test/';
const never = (): Promise<never> => new Promise(() => undefined);

describe('when a worker dies', () => {
  it('in the midst of a call, the next one repeats it with the same id, and no other', async () => {
    const workshop = await aWorkshop({ hooks: [aHook({ point: 'pre-rollout' })] });
    workshop.outgoing.at(gate, { status: 200 });
    const { id } = await workshop.started();
    const sent: OutgoingRequest[] = [];
    const dying = {
      ...workshop.deps,
      outgoing: {
        call: (request: OutgoingRequest): Promise<OutgoingAnswer> => {
          sent.push(request);
          return never();
        },
      },
    };
    await workshop.uow.jobs.run((job) =>
      job.kind === 'hook' ? Promise.resolve() : handleJob(workshop.deps)(job),
    );
    void callHook(dying)(id, 'gate');
    await workshop.pass(0);
    while (sent.length === 0) await new Promise((resolve) => void setImmediate(resolve));
    const idOf = async () => (await workshop.uow.run((tx) => tx.hookCalls.last(id, 'gate', 1)))[0];
    const first = await idOf();
    expect(first).toMatchObject({ state: 'underWay', attempts: 1 });
    await callHook(workshop.deps)(id, 'gate');
    expect(await idOf()).toMatchObject({ state: 'open', attempts: 2, id: first?.id });
  });

  it('after the answer was noted, nobody calls again', async () => {
    const workshop = await aWorkshop({ hooks: [aHook({ point: 'pre-rollout' })] });
    workshop.outgoing.at(gate, { status: 200 });
    const { id } = await workshop.started();
    await workshop.work();
    for (let again = 0; again < 3; again += 1) await callHook(workshop.deps)(id, 'gate');
    expect(workshop.outgoing.sent).toHaveLength(1);
  });
});

describe('when a worker stands still', () => {
  it('in the midst of a call, what another one was answered meanwhile stays', async () => {
    const workshop = await aWorkshop({ hooks: [aHook({ point: 'pre-rollout' })] });
    workshop.outgoing.at(gate, { status: 200 });
    const { id } = await workshop.started();
    let goOn: ((answer: OutgoingAnswer) => void) | undefined;
    const standing = {
      ...workshop.deps,
      outgoing: {
        call: (): Promise<OutgoingAnswer> => new Promise((resolve) => (goOn = resolve)),
      },
    };
    await workshop.uow.jobs.run((job) =>
      job.kind === 'hook' ? Promise.resolve() : handleJob(workshop.deps)(job),
    );
    const late = callHook(standing)(id, 'gate');
    while (goOn === undefined) await new Promise((resolve) => void setImmediate(resolve));
    await callHook(workshop.deps)(id, 'gate');
    const calls = () => workshop.uow.run((tx) => tx.hookCalls.last(id, 'gate', 5));
    const answered = await calls();
    expect(answered).toMatchObject([{ state: 'open' }]);
    goOn({ kind: 'failed', why: 'connection', reason: 'it hung up' });
    await late;
    expect(await calls()).toEqual(answered);
  });
});

describe('a rollback', () => {
  it('is in every cluster while a hook at every point hangs', async () => {
    const points = ['rollout', 'rollback', 'event', 'post-rollout'] as const;
    const hooks = points.map((point) => aHook({ name: point, point }));
    const workshop = await aWorkshop({ hooks });
    const work = handleJob({ ...workshop.deps, outgoing: { call: never } });
    const hanging: Job[] = [];
    const handle = (job: Job): Promise<void> => {
      if (job.kind !== 'hook') return work(job);
      // Its worker waits, as does the lane of its kind; nothing else does.
      hanging.push(job);
      void work(job);
      return Promise.resolve();
    };
    const { id } = await workshop.started();
    await workshop.uow.jobs.run(handle);
    expect((await workshop.release(id)).rollouts[0]?.desired.weight).toBe(1_000);
    await workshop.useCases.commandRelease(
      { release: id, verb: 'abort', comment: '' },
      aCaller('anna'),
    );
    await workshop.uow.jobs.run(handle);
    expect(await workshop.release(id)).toMatchObject({ phase: 'rolledBack' });
    expect(hanging.length).toBeGreaterThan(2);
  });
});
