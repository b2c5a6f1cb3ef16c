import type { OnBusy, UseCases } from '@spillway/application';
import { serviceName, strategyName, version, type ReleaseId } from '@spillway/kernel';
import { describe, expect, it } from '@jest/globals';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { at, canary, seconds } from './strategies.js';

const clusters = ['eu-west', 'us-east'];
const canaryName = strategyName('canary');

/** What came of something that was asked for. */
type Made = Awaited<ReturnType<UseCases['startRelease']>>;

async function made(
  story: Story,
  text: string,
  act: (useCases: UseCases, caller: Parameters<UseCases['startRelease']>[1]) => Promise<Made>,
): Promise<ReleaseId> {
  let id: ReleaseId | undefined;
  await story.asks('ana', text, async (useCases, caller) => {
    const answer = await act(useCases, caller);
    if (answer.ok) id = answer.value.id;
    return answer;
  });
  if (id === undefined) throw new Error('it was made');
  return id;
}

const another = (story: Story, candidate: string, onBusy: OnBusy) =>
  made(story, `releases ${candidate} and says: ${onBusy}`, (useCases, caller) =>
    useCases.startRelease(
      {
        service: serviceName('shop/catalog'),
        candidate: version(candidate),
        strategy: canaryName,
        description: '',
        onBusy,
      },
      caller,
    ),
  );

/** Everything in every cluster at once, and a last look. */
const patient = canary({
  waves: [{ kind: 'rest' }],
  steps: [
    at(10),
    { kind: 'bake', length: seconds(60) },
    at(50),
    { kind: 'bake', length: seconds(60) },
  ],
  bakeAfterPromotion: seconds(60),
});

describe('a release that people send elsewhere', () => {
  it('goes ahead by the weights on the way, back at once, and from its first step again', async () => {
    const story = new Story();
    await story.given(clusters, patient);
    const id = await story.release('v2');
    await story.pass('8s');
    await story.order(id, { verb: 'jumpToStep', step: 3, comment: 'seen enough of 10 %' });
    await story.pass('5s');
    story.splits();
    await story.order(id, { verb: 'jumpToStep', step: 1, comment: 'one more look' });
    await story.pass('5s');
    story.splits();
    await story.command(id, 'restart');
    await story.pass('5s');
    await story.command(id, 'skipStep', 'no traffic at night');
    expect((await story.end(id)).phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'sent-elsewhere');
  });

  it('has succeeded with all traffic when it is promoted fully', async () => {
    const story = new Story();
    await story.given(clusters, patient);
    const id = await story.release('v2');
    await story.pass('8s');
    await story.command(id, 'promoteFull', 'hotfix');
    expect((await story.end(id)).phase).toBe('succeeded');
    story.splits();
    expectGolden(story.narrator.text, 'promote-full');
  });

  it('keeps its weight under another strategy, which alone raises it further', async () => {
    const story = new Story();
    await story.given(clusters, patient);
    const id = await story.release('v2');
    await story.pass('70s');
    story.splits();
    await story.asks('ana', 'makes the strategy slower', (useCases, caller) =>
      useCases.putStrategy(
        {
          name: canaryName,
          ...canary({ steps: [at(5), at(20), { kind: 'bake', length: seconds(30) }, at(80)] }),
        },
        caller,
      ),
    );
    await story.asks('ana', 'takes it for the release', (useCases, caller) =>
      useCases.changeReleaseStrategy({ release: id, strategy: canaryName, comment: '' }, caller),
    );
    await story.pass('5s');
    story.splits();
    expect((await story.end(id)).phase).toBe('succeeded');
    expectGolden(story.narrator.text, 'another-strategy');
  });
});

describe('a service that is being released', () => {
  it('has the next release wait for its turn', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const first = await story.release('v2');
    await story.pass('8s');
    const second = await another(story, 'v3', 'queue');
    const third = await another(story, 'v2', 'queue');
    expect((await story.end(first)).phase).toBe('succeeded');
    expect((await story.end(second)).phase).toBe('rolledBack');
    expect((await story.end(third)).phase).toBe('cancelled');
    expectGolden(story.narrator.text, 'queued');
  });

  it('gives way to a release that supersedes the one that runs', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const first = await story.release('v3');
    await story.pass('4s');
    story.splits();
    const next = await another(story, 'v2', 'supersede');
    expect((await story.end(first)).phase).toBe('superseded');
    expect((await story.end(next)).phase).toBe('succeeded');
    story.splits();
    expectGolden(story.narrator.text, 'superseded');
  });

  it('goes back to what served before when its last release is undone', async () => {
    const story = new Story();
    await story.given(clusters, canary());
    const first = await story.release('v2');
    await story.end(first);
    const back = await made(story, 'undoes it', (useCases, caller) =>
      useCases.undoRelease({ release: first, comment: 'support tickets' }, caller),
    );
    expect((await story.end(back)).phase).toBe('succeeded');
    story.splits();
    expectGolden(story.narrator.text, 'undone');
  });
});
