import type { Caller, UseCases } from '@spillway/application';
import type { ApprovalPolicy, Release, StepTemplate } from '@spillway/domain-release';
import { duration, instant, serviceName, strategyName, type ReleaseId } from '@spillway/kernel';
import { describe, expect, it } from '@jest/globals';
import { startOfStory } from '../virtual/virtual-engine.js';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { at, canary } from './strategies.js';

const clusters = ['eu-west', 'us-east'];
const wave = { waves: [{ kind: 'rest' }], metrics: [] } as const;
const prod = (policy: Partial<ApprovalPolicy> = {}): StepTemplate => ({
  kind: 'gate',
  name: 'prod',
  approvals: { count: 2, selfApproval: false, ...policy },
});
const minute = 60_000;

type Asked = Parameters<Story['asks']>[2];
const approve =
  (release: ReleaseId, comment = ''): Asked =>
  (useCases, caller) =>
    useCases.approveRelease({ release, comment }, caller);
const freeze =
  (from: number, to: number): Asked =>
  (useCases, caller) =>
    useCases.putFreezeWindow(
      {
        name: 'sale',
        times: {
          kind: 'once',
          from: instant(startOfStory + from * minute),
          to: instant(startOfStory + to * minute),
        },
        scope: { services: [serviceName('shop/catalog')] },
        because: 'the sale begins',
      },
      caller,
    );
const weights = ({ rollouts }: Release) => rollouts.map(({ desired }) => desired.weight / 100);

describe('a gate', () => {
  it('waits for two who had no hand in it, and goes on with them', async () => {
    const story = new Story();
    await story.given(clusters, canary({ ...wave, steps: [at(10), prod(), at(50)] }));
    const id = await story.release('v2');
    await story.pass('20s');
    await story.refused('ana', 'approves her own release', approve(id));
    await story.asks('ben', 'approves', approve(id, 'numbers look good'));
    await story.pass('1m');
    expect(weights(await story.state(id))).toEqual([10, 10]);
    await story.asks('eve', 'approves', approve(id));
    expect((await story.end(id)).phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'gate-approved');
  });

  it('takes all traffic back when somebody says no', async () => {
    const story = new Story();
    await story.given(clusters, canary({ ...wave, steps: [at(10), prod(), at(50)] }));
    const id = await story.release('v2');
    await story.pass('20s');
    await story.asks('ben', 'rejects', (useCases, caller) =>
      useCases.rejectRelease({ release: id, comment: 'not before the audit' }, caller),
    );
    expect((await story.end(id)).phase).toBe('rolledBack');
    expectGolden(story.narrator.text, 'gate-rejected');
  });

  it('asks again when the plan was changed', async () => {
    const story = new Story();
    await story.given(clusters, canary({ ...wave, steps: [at(10), prod(), at(50)] }));
    const id = await story.release('v2');
    await story.pass('20s');
    await story.asks('ben', 'approves', approve(id));
    await story.asks('kim', 'puts a strategy that goes all the way', (useCases, caller) =>
      useCases.putStrategy(faster, caller),
    );
    await story.asks('kim', 'gives it to the release', changeTo(id));
    await story.pass('10s');
    await story.asks('eve', 'approves', approve(id));
    await story.pass('30s');
    expect(weights(await story.state(id))).toEqual([10, 10]);
    await story.asks('ben', 'approves again', approve(id));
    expect((await story.end(id)).phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'gate-voided');
  });

  it('opens by hand', async () => {
    const story = new Story();
    const gate = { kind: 'gate', name: 'load-test', manual: 'closed' } as const;
    await story.given(clusters, canary({ ...wave, steps: [at(10), gate, at(50)] }));
    const id = await story.release('v2');
    await story.pass('1m');
    await story.asks('the load test', 'opens its gate', (useCases, caller) =>
      useCases.setGate(
        { service: serviceName('shop/catalog'), gate: 'load-test', state: 'open', comment: '' },
        caller,
      ),
    );
    expect((await story.end(id)).phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'gate-opened');
  });
});

describe('a freeze window', () => {
  it('holds a release, and lets it go on when it is over', async () => {
    const story = new Story();
    const steps = [at(10), { kind: 'bake', length: duration(2 * minute) }, at(50)] as const;
    await story.given(clusters, canary({ ...wave, steps }));
    await story.asks('kim', 'freezes the shop from minute 1 to 10', freeze(1, 10));
    const id = await story.release('v2');
    expect((await story.end(id)).phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'freeze');
  });

  it('is overridden for one release with a reason', async () => {
    const story = new Story();
    await story.given(clusters, canary({ ...wave, steps: [at(10)] }));
    await story.asks('kim', 'freezes the shop from now to minute 10', freeze(-1, 10));
    const id = await story.release('v2');
    await story.pass('1m');
    await story.asks('kim', 'overrides the freeze', (useCases, caller) =>
      useCases.overrideFreeze({ release: id, reason: 'checkout is broken without it' }, caller),
    );
    expect((await story.end(id)).phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'freeze-overridden');
  });

  it('keeps nobody from going back, and no closed gate does', async () => {
    const story = new Story();
    await story.given(clusters, canary({ ...wave, steps: [at(10), prod(), at(50)] }));
    const id = await story.release('v2');
    await story.pass('30s');
    await story.asks('kim', 'freezes the shop from now to minute 50', freeze(-1, 50));
    await story.command(id, 'abort', 'support tickets');
    story.splits();
    expect((await story.end(id)).phase).toBe('rolledBack');
    story.splits();
    expectGolden(story.narrator.text, 'freeze-rollback');
  });
});

const { steps: _steps, ...draft } = canary({ ...wave });
const faster = {
  ...draft,
  name: strategyName('faster'),
  steps: [at(10), prod(), at(100)],
};
const changeTo =
  (release: ReleaseId) =>
  (useCases: UseCases, caller: Caller): ReturnType<UseCases['changeReleaseStrategy']> =>
    useCases.changeReleaseStrategy(
      { release, strategy: strategyName('faster'), comment: 'no time' },
      caller,
    );
