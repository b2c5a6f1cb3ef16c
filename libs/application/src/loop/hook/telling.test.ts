import { describe, expect, it } from '@jest/globals';
import { aHook } from '@spillway/domain-release/testing';
import { duration } from '@spillway/kernel';
import { aCaller } from '../../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../../testing/fake/workshop.js';

const events = 'https://events.test/';
const after = 'https://after.test/';
const hooks = [
  aHook({ name: 'told', point: 'event', url: events }),
  aHook({ name: 'after', point: 'post-rollout', url: after }),
];
const steps = [{ kind: 'bake', length: duration(30_000) }] as const;

const aHookedWorkshop = async (): Promise<Workshop> => {
  const workshop = await aWorkshop({ hooks, steps, metrics: [] });
  workshop.outgoing.at(events, { status: 200 });
  workshop.outgoing.at(after, { status: 200 });
  return workshop;
};

const sentTo = (workshop: Workshop, url: string): readonly { phase: string; said: string }[] =>
  workshop.outgoing.sent
    .filter((one) => one.url === url)
    .map(({ body = '' }) => {
      const { phase, metadata } = JSON.parse(body) as {
        phase: string;
        metadata: Record<string, string>;
      };
      return { phase, said: metadata['eventMessage'] ?? '' };
    });

describe('who is told', () => {
  it('hears of every event of a release, once and in order', async () => {
    const workshop = await aHookedWorkshop();
    const { id } = await workshop.started();
    await workshop.pass(120_000);
    const happened = await workshop.uow.run((tx) => tx.releases.events(id, 0, 100));
    expect((await workshop.release(id)).phase).toBe('succeeded');
    expect(sentTo(workshop, events).map(({ said }) => said)).toEqual(
      happened.map(({ event }) => event.because),
    );
  });

  it('hears of the end once, with how it ended', async () => {
    const workshop = await aHookedWorkshop();
    await workshop.started();
    await workshop.pass(600_000);
    expect(sentTo(workshop, after)).toEqual([{ phase: 'Succeeded', said: '' }]);
  });

  it('hears of the end when somebody aborts', async () => {
    const workshop = await aHookedWorkshop();
    const { id } = await workshop.started();
    await workshop.pass(1_000);
    await workshop.useCases.commandRelease(
      { release: id, verb: 'abort', comment: '' },
      aCaller('anna'),
    );
    await workshop.pass(5_000);
    expect(sentTo(workshop, after)).toEqual([{ phase: 'Failed', said: '' }]);
  });

  it('hears everything when it comes back, in order, and nobody waits for it', async () => {
    const workshop = await aHookedWorkshop();
    workshop.outgoing.at(events, 'closes');
    const { id } = await workshop.started();
    await workshop.pass(120_000);
    expect((await workshop.release(id)).phase).toBe('succeeded');
    const before = workshop.outgoing.sent.length;
    workshop.outgoing.at(events, { status: 204 });
    await workshop.pass(600_000);
    const happened = await workshop.uow.run((tx) => tx.releases.events(id, 0, 100));
    const later = workshop.outgoing.sent.slice(before).filter(({ url }) => url === events);
    expect(later).toHaveLength(happened.length);
    expect(
      sentTo(workshop, events)
        .slice(-happened.length)
        .map(({ said }) => said),
    ).toEqual(happened.map(({ event }) => event.because));
  });

  it('is left alone when it says that it does not want to know', async () => {
    const workshop = await aHookedWorkshop();
    workshop.outgoing.at(after, { status: 410 });
    await workshop.started();
    await workshop.pass(600_000);
    expect(sentTo(workshop, after)).toHaveLength(1);
  });
});
