import { describe, expect, it } from '@jest/globals';
import { aCaller, Workshop } from '@spillway/application/testing';
import { isInForce, nextChange, type FreezeWindow } from '@spillway/domain-freeze';
import { aService } from '@spillway/application/testing';
import { toFreezeWindow, toStrategy } from '@spillway/interface-contract';
import { instant, strategyName, type Refusal, type Result } from '@spillway/kernel';
import { manifests } from './manifests.js';

const must = <T>(result: Result<T, Refusal>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const shownIn = (page: string, name: string): unknown =>
  manifests.find(({ place, body }) => {
    return place.startsWith(`docs/guides/${page}`) && (body as { name?: string }).name === name;
  })?.body;

describe('the strategy of gates.md', () => {
  const started = async () => {
    const workshop = new Workshop();
    await workshop.furnish();
    const strategy = must(toStrategy(shownIn('gates.md', 'guarded')));
    must(await workshop.useCases.putStrategy(strategy, aCaller('kim')));
    const { id } = await workshop.started({ strategy: strategyName('guarded') });
    await workshop.pass(1_000);
    const tell = (by: string) =>
      workshop.useCases.approveRelease({ release: id, comment: '' }, aCaller(by));
    const say = (gate: string, state: 'open' | 'closed') =>
      workshop.useCases.setGate(
        { service: aService().service, gate, state, comment: '' },
        aCaller('load-tester'),
      );
    return { workshop, id, tell, say };
  };

  it('waits for the load test, and after its bake for two approvals', async () => {
    const { workshop, id, tell, say } = await started();
    expect(await workshop.release(id)).toMatchObject({ awaiting: { gate: 'load-test' } });
    must(await say('load-test', 'open'));
    await workshop.pass(11 * 60_000);
    expect(await workshop.release(id)).toMatchObject({ awaiting: { gate: 'production' } });
    // The page names ada and the role approver; admins are neither.
    expect(await tell('ben')).toMatchObject({ error: { code: 'APPROVAL_NOT_ALLOWED' } });
    expect(await tell('kim')).toMatchObject({ error: { code: 'SELF_APPROVAL_FORBIDDEN' } });
    must(await tell('ada'));
    expect((await workshop.release(id)).approvals).toMatchObject([{ by: 'ada' }]);
  });

  it('goes back when the rollback gate is opened', async () => {
    const { workshop, id, say } = await started();
    must(await say('rollback', 'open'));
    await workshop.work();
    expect(await workshop.release(id)).toMatchObject({ phase: 'rolledBack' });
  });
});

describe('the windows of freeze-windows.md', () => {
  const window = (name: string): FreezeWindow =>
    must(toFreezeWindow(shownIn('freeze-windows.md', name)));
  const at = (text: string) => instant(Date.parse(text));

  it('freeze three nights by the clocks of Berlin', () => {
    const { times } = window('weekend');
    const nights = ['2026-01-09T15:00Z', '2026-01-10T15:00Z', '2026-01-11T15:00Z'];
    for (const begin of nights) {
      expect(isInForce(times, at(begin))).toBe(true);
      expect(nextChange(times, at(begin))).toBe(at(begin) + 16 * 3_600_000);
    }
    expect(isInForce(times, at('2026-01-12T15:00Z'))).toBe(false);
  });

  it('freeze Christmas once', () => {
    const { times } = window('christmas');
    expect(isInForce(times, at('2026-12-24T12:00Z'))).toBe(true);
    expect(nextChange(times, at('2026-12-28T07:00Z'))).toBeUndefined();
  });
});
