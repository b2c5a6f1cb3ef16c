import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { aRelease } from '@spillway/domain-release/testing';
import { aComparison, aLook } from '@spillway/interface-contract/testing';
import { after, clusterName } from '@spillway/kernel';
import { startRestApp, type RestApp } from './testing/spillway-server.js';
import { shellOf } from './testing/shell.js';
import { id } from './testing/views.js';

let app: RestApp;
const spillway = shellOf(() => app.url);
const looks = (options = '') => spillway(`release looks ${id} ${options}`);

beforeEach(async () => {
  app = await startRestApp();
  app.useCases.releases.put(aRelease());
});
afterEach(() => app.close());

it('tells each look in one line, and what came where it was no value', async () => {
  const running = { ...aComparison, kind: 'running', because: '1 of 3 measurements made' } as const;
  const candidate = { value: 100 / 3, requests: 12_345.4, errors: 15 };
  const value = { kind: 'value', candidate, stable: { value: 180 } } as const;
  const error = { kind: 'error', message: 'HTTP 503\nbusy' } as const;
  const first = aLook();
  app.useCases.looks.push(
    aLook({ step: 1, to: after(first.to, 60_000), reading: value, verdict: aComparison }),
    aLook({ reading: value, cluster: clusterName('us-east') }),
    aLook({ reading: { kind: 'value', candidate: { value: 0.5, requests: 7 } } }),
    aLook({ reading: error, verdict: running }),
    aLook({ reading: { kind: 'notANumber' }, verdict: running }),
    aLook(),
  );
  const { code, stdout } = await looks();
  expect(code).toBe(0);
  expect(stdout).toBe(
    [
      'TIME                  STEP  CLUSTER  METRIC  VERDICT  BECAUSE',
      '2026-01-05T10:02:00Z  2     eu       errors  fail     errors in eu: candidate 41 of 2,010 failed, stable 38 of 18,204',
      '2026-01-05T10:01:00Z  1     us-east  errors  -        candidate 33.3333 (15 of 12,345 requests failed), stable 180',
      '2026-01-05T10:01:00Z  1     eu       errors  -        candidate 0.5 (7 requests)',
      '2026-01-05T10:01:00Z  1     eu       errors  running  1 of 3 measurements made; the query went wrong: HTTP 503 busy',
      '2026-01-05T10:01:00Z  1     eu       errors  running  1 of 3 measurements made; what came was not a number',
      '2026-01-05T10:01:00Z  1     eu       errors  -        nothing came',
      '',
    ].join('\n'),
  );
});

it('takes a step as "release get" counts it, a metric and a cluster', async () => {
  app.useCases.looks.push(
    aLook({ step: 1 }),
    aLook({ step: 1, metric: 'latency' }),
    aLook({ step: 1, cluster: clusterName('us') }),
    aLook(),
  );
  const { stdout } = await looks('--step 2 --metric errors --cluster eu -o json');
  expect(JSON.parse(stdout)).toEqual([
    expect.objectContaining({ step: 1, metric: 'errors', cluster: 'eu' }),
  ]);
});

it('gives all evidence to programs', async () => {
  app.useCases.looks.push(aLook({ query: 'sum(errors)', verdict: aComparison }));
  const { stdout } = await looks('-o json');
  expect(JSON.parse(stdout)).toMatchObject([{ query: 'sum(errors)', verdict: aComparison }]);
});

it('tells all of them, or no more than are asked for', async () => {
  for (let ordinal = 450; ordinal >= 0; ordinal -= 1) app.useCases.looks.push(aLook({ ordinal }));
  const ordinals = async (options: string): Promise<readonly number[]> => {
    const { stdout } = await looks(`${options} -o json`);
    return (JSON.parse(stdout) as { ordinal: number }[]).map(({ ordinal }) => ordinal);
  };
  expect(await ordinals('')).toHaveLength(451);
  expect(await ordinals('--limit 2')).toEqual([450, 449]);
  expect(await ordinals('--limit 401')).toHaveLength(401);
});

it.each([
  ['--step 0', 2, 'Write a whole number from 1.'],
  ['--limit 0', 2, 'Write a whole number from 1.'],
  ['--metric Errors', 1, 'metric'],
])('refuses "%s"', async (options, code, said) => {
  const outcome = await looks(options);
  expect(outcome.code).toBe(code);
  expect(outcome.stderr).toContain(said);
});

it('says that there is no such release', async () => {
  const { code, stderr } = await spillway('release looks nonsense');
  expect(code).toBe(1);
  expect(stderr).toContain('There is no release "nonsense"');
});
