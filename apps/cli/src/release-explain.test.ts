import { describe, expect, it } from '@jest/globals';
import type { Look, Release } from '@spillway/sdk';
import { explanationOf, explanationText } from './render/explanation.js';
import { nextSteps } from './render/next-steps.js';
import { plain } from './render/paint.js';
import { startRestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';
import { aReleaseView, aRollout, id, someEvents } from './testing/views.js';
import { aRelease } from '@spillway/domain-release/testing';

const now = Date.UTC(2026, 0, 5, 10, 12);

const held = aReleaseView({
  phase: 'held',
  because: 'no requests came to v2 in eu-west',
  held: {
    kind: 'noData',
    clusters: ['eu-west'],
    detail: 'errors in eu-west has no samples; it is paused in 8m',
    since: '2026-01-05T10:00:00.000Z',
  },
  rollouts: [aRollout(), aRollout({ cluster: 'us-east', applied: false, refused: 'quota' })],
});

const look = (verdict: object) =>
  ({ metric: 'errors', cluster: 'eu-west', to: '2026-01-05T10:11:00.000Z', verdict }) as Look;

describe('release explain', () => {
  it('says in words what it waits for, what was decided and measured, and what to do', () => {
    const looks = [
      look({ kind: 'noData', because: 'nothing came' }),
      look({ kind: 'pass', because: 'all was well' }),
    ];
    const explanation = explanationOf({ release: held, events: someEvents.slice(-2), looks, now });
    expect(explanationText(explanation, plain)).toBe(`Release ${id}
shop/catalog v1 → v2: held, because no requests came to v2 in eu-west

Waits for
  errors in eu-west has no samples; it is paused in 8m (noData, since 2026-01-05T10:00:00Z, 12m 0s ago)
  us-east: refused: quota

Clusters
  eu-west: 10 % for v2; applied
  us-east: 10 % for v2; refused: quota

Last decisions
  2026-01-05T10:00:03Z v2 gets 10 % in eu-west
  2026-01-05T10:00:04Z ${someEvents.at(-1)?.because}

Newest evidence
  errors in eu-west, 2026-01-05T10:11:00Z: noData; nothing came

What you can do
  see that the version gets requests, and that they are measured: spillway release looks ${id}
  take the traffic back: spillway release abort ${id}
`);
  });

  it('waits for nothing when the release has ended, and says how long it took', () => {
    const release = aReleaseView({
      phase: 'rolledBack',
      final: true,
      because: 'errors were too many',
      endedAt: '2026-01-05T10:05:00.000Z',
    });
    const { summary, waitsFor, next } = explanationOf({ release, events: [], looks: [], now });
    expect(summary).toContain('rolled back after 5m 0s, because errors were too many');
    expect(waitsFor).toEqual([]);
    expect(next).toEqual([`see which figures it was: spillway release looks ${id}`]);
  });

  it.each([
    [{ phase: 'paused', paused: { since: '2026-01-05T10:00:00.000Z' } }, 'go on'],
    [{ phase: 'progressing' }, 'follow it'],
    [{ phase: 'queued' }, 'nothing: it begins'],
    [{ phase: 'held', held: { ...held.held, kind: 'frozen' } }, 'override-freeze'],
    [{ phase: 'rollingBack' }, 'nothing: the stable version'],
    [{ phase: 'held', held: { ...held.held, kind: 'newerThanThis' } }, 'take the traffic back'],
  ])('of %j advises first to "%s"', (overrides, first) => {
    expect(nextSteps(aReleaseView(overrides as Partial<Release>))[0]).toContain(first);
  });

  it('says what a gate wants, and who has said yes so far', () => {
    const gate = { name: 'prod', wave: 1, step: 2, wants: '2 approvals by an approver', count: 2 };
    const release = aReleaseView({
      phase: 'awaitingApproval',
      awaiting: { gate: 'prod', wave: 1, since: '2026-01-05T10:00:00.000Z' },
      gates: [{ ...gate, approvals: [{ by: 'anna' } as never] }],
    });
    const { waitsFor, next } = explanationOf({ release, events: [], looks: [], now });
    expect(waitsFor[0]).toBe(
      'gate prod: 2 approvals by an approver; approved by anna (since 2026-01-05T10:00:00Z)',
    );
    expect(next[0]).toBe(`say yes: spillway release approve ${id}`);
  });

  it('names the cluster and the release in what can be copied', () => {
    const release = aReleaseView({
      phase: 'held',
      held: { ...held.held!, kind: 'clusterUnreachable' },
    });
    expect(nextSteps(release)[0]).toContain('spillway cluster probe eu-west');
  });

  it('asks the server for all of it', async () => {
    const app = await startRestApp();
    app.useCases.releases.put(aRelease({ revision: 1 }));
    const spillway = shellOf(() => app.url);
    const { code, stdout } = await spillway(`release explain ${id} -o json`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ release: id, waitsFor: [expect.any(String)] });
    expect((await spillway(`release explain ${id}`)).stdout).toContain('What you can do');
    await app.close();
  }, 30_000);
});
