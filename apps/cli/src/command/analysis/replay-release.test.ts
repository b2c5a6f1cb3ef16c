import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aLook } from '@spillway/interface-contract/testing';
import { aRelease } from '@spillway/domain-release/testing';
import { clusterName, instant } from '@spillway/kernel';
import { shellOf } from '../../testing/shell.js';
import { startRestApp, type RestApp } from '../../testing/spillway-server.js';
import type { ReplayReport } from './replay/replay-report.js';

const id = '00000000-0000-4000-8000-000000000001';
const command = `analysis replay --release ${id} --metric errors --judge errorCount`;
const begin = Date.UTC(2026, 0, 5, 10);

let app: RestApp;
const spillway = shellOf(() => app.url);

/** Newest first, as the server gives them. */
function measured(step: number, errors: readonly number[], cluster = 'eu'): void {
  const looks = errors.map((failed, ordinal) =>
    aLook({
      step,
      ordinal,
      cluster: clusterName(cluster),
      from: instant(begin + (step * 10 + ordinal) * 60_000),
      to: instant(begin + (step * 10 + ordinal + 1) * 60_000),
      reading: {
        kind: 'value',
        candidate: { value: 100 - failed, requests: 100, errors: failed },
        stable: { value: 99.5, requests: 900, errors: 4 },
      },
    }),
  );
  app.useCases.looks.unshift(...looks.toReversed());
}

beforeAll(async () => {
  app = await startRestApp();
});
beforeEach(() => {
  app.useCases.releases.put(aRelease());
  app.useCases.looks.length = 0;
});
afterAll(() => app.close());

const replayed = async (options = ''): Promise<ReplayReport> => {
  const { code, stdout, stderr } = await spillway(`${command} ${options} -o json`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as ReplayReport;
};

describe('analysis replay of a release', () => {
  it('judges its windows in the order of time, each step with its own share of requests', async () => {
    measured(0, [0, 1]);
    measured(1, [5, 12]);
    const { looks, first, last } = await replayed('--set alpha=0.001');
    expect(looks.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass', 'fail']);
    expect(first.fail).toEqual({ look: 4, at: '2026-01-05T10:12:00.000Z' });
    expect(last.evidence).toMatchObject({ segments: [{ segment: 0 }, { segment: 1 }] });
  });

  it('judges one step', async () => {
    measured(0, [0, 1]);
    measured(1, [9, 12]);
    expect((await replayed('--step 0')).looks).toHaveLength(2);
  });

  it('passes over windows in which the query went wrong', async () => {
    measured(0, [0]);
    app.useCases.looks.unshift(aLook({ ordinal: 1, reading: { kind: 'error', message: 'no' } }));
    const { looks, last } = await replayed();
    expect(looks).toHaveLength(2);
    expect(last.evidence).toMatchObject({ looks: { length: 1 } });
  });

  it('judges clusters one by one', async () => {
    measured(0, [0], 'eu');
    measured(0, [0], 'us');
    expect(await spillway(command)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Metric "errors" was measured in eu, us.'),
    });
    expect((await replayed('--cluster us')).looks).toHaveLength(1);
  });

  it.each([
    ['no metric', command.replace('--metric errors', ''), 'No metric is given.'],
    ['no looks', command, 'The release has no looks of metric "errors".'],
    ['a file as well', `${command} --csv a.csv`, 'cannot be used with'],
  ])('exits with 2 with %s', async (_, line, message) => {
    const { code, stderr } = await spillway(line);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });

  it('says which numbers a judge misses', async () => {
    measured(0, [0]);
    const { code, stderr } = await spillway(command.replace('errorCount', 'latency'));
    expect(code).toBe(2);
    expect(stderr).toContain('step 0, measurement 0 has no histogram of the candidate.');
  });
});
