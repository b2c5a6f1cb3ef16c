import type { Release } from '@spillway/sdk';
import { describe, expect, it } from '@jest/globals';
import { coloured, plain } from '../render/paint.js';
import { expectGolden } from '../testing/golden.js';
import { aReleaseView, aRollout, anEvent, someEvents } from '../testing/views.js';
import { drawRelease, type Look, type Picture } from './picture.js';

const now = Date.UTC(2026, 0, 5, 10, 1, 30);

const draw = (
  release: Release,
  look: Partial<Look> = {},
  more: Partial<Picture> = {},
): readonly string[] =>
  drawRelease(
    { release, reasons: someEvents, now, ...more },
    { columns: 80, rows: 24, paint: plain, timeZone: 'UTC', ...look },
  );

const golden = (lines: readonly string[], name: string): void =>
  expectGolden(`${lines.join('\n')}\n`, new URL(`golden/${name}.txt`, import.meta.url));

const fleet = aReleaseView({
  rollouts: Array.from({ length: 30 }, (_, index) =>
    aRollout({
      cluster: `cluster-${index}`,
      weight: index % 3,
      applied: index !== 25,
      ...(index === 21 ? { refused: 'denied by the admission webhook' } : {}),
    }),
  ),
});

describe('the picture of a release', () => {
  it('shows versions, step, a bar per cluster and the last reasons', () => {
    golden(draw(aReleaseView()), 'progressing');
  });

  it('shows why it is held, and that the server does not answer', () => {
    const held = {
      kind: 'clusterUnreachable' as const,
      clusters: ['us-east'],
      detail: 'us-east: connection refused',
      since: '2026-01-05T10:01:00.000Z',
    };
    const release = aReleaseView({ phase: 'held', held });
    golden(draw(release, {}, { lostSince: now - 12_000 }), 'held');
  });

  it('shows what the candidate sees beside its weight, and who changed the routing', () => {
    const detail = 'the routing in us-east was changed: it is gone';
    const release = aReleaseView({
      phase: 'held',
      held: { kind: 'drift', clusters: ['us-east'], detail, since: '2026-01-05T10:01:00.000Z' },
      rollouts: [
        aRollout({
          routes: [
            { name: 'testers', description: 'x-tester is yes' },
            { name: 'staff', description: 'cookie staff is there' },
          ],
        }),
        aRollout({
          cluster: 'us-east',
          weight: 0,
          applied: false,
          mirror: { percent: 25, methods: 'safe' },
          drifted: detail,
        }),
      ],
    });
    golden(draw(release, { columns: 110 }), 'drifted');
  });

  it('shows until when it is paused', () => {
    const since = '2026-01-05T10:01:00.000Z';
    const timed = draw(
      aReleaseView({ phase: 'paused', paused: { since, until: '2026-01-05T10:06:00.000Z' } }),
    );
    expect(timed).toContain('  Paused since 10:01:00 (30s), until 10:06:00');
    const untimed = draw(aReleaseView({ phase: 'paused', paused: { since } }));
    expect(untimed.join('\n')).toContain('until "spillway release resume" is called');
  });

  it('shows the end, with the time that it took', () => {
    const rollouts = [aRollout({ weight: 100 }), aRollout({ cluster: 'us-east', weight: 100 })];
    const release = aReleaseView({
      phase: 'succeeded',
      final: true,
      because: 'v2 has all traffic in every cluster',
      endedAt: '2026-01-05T10:01:20.000Z',
      progress: { stepIndex: 4, steps: 4 },
      rollouts,
    });
    golden(draw(release), 'succeeded');
  });

  it('paints what it means', () => {
    const rolledBack = aReleaseView({
      phase: 'rollingBack',
      rollouts: [aRollout({ refused: 'denied' }), aRollout({ cluster: 'us-east', applied: false })],
    });
    golden(draw(rolledBack, { paint: coloured }), 'coloured');
  });

  it('sums up the clusters with the least to say when there are more than rows', () => {
    golden(draw(fleet), 'fleet');
  });

  it.each([
    [200, 60],
    [80, 24],
    [40, 12],
    [24, 8],
    [10, 4],
    [3, 2],
  ])('fits into %i columns and %i rows', (columns, rows) => {
    const paused = { since: '2026-01-05T10:01:00.000Z' };
    for (const release of [aReleaseView({ phase: 'paused', paused }), fleet]) {
      const lines = draw(release, { columns, rows }, { lostSince: now - 5_000 });
      expect(lines.length).toBeLessThan(rows);
      if (columns >= 40) {
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(columns);
      }
    }
  });

  it('lets nobody draw on the screen by the words of an event', () => {
    const reasons = [anEvent(1, 'fine\u001b[2Jgone\nnext\u202e')];
    const lines = draw(aReleaseView(), {}, { reasons });
    expect(lines.join('')).toContain('fine [2Jgone next');
  });
});
