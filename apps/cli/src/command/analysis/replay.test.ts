import { describe, expect, it } from '@jest/globals';
import { offline } from '../../testing/offline-shell.js';
import { evaluatedOne } from '../../testing/evaluated.js';
import type { ReplayReport } from './replay/replay-report.js';

const head = 'at,candidate_requests,candidate_errors,stable_requests,stable_errors';
/** Healthy for three looks, then a tenth of the requests fail. */
const failing = [0, 1, 0, 9, 11, 10, 8].map(
  (errors, i) => `10:0${i},100,${errors},900,${4 + (i % 3)}`,
);
const errors = [head, ...failing].join('\n');

const run = (csv: string, options: string, files: Readonly<Record<string, string>> = {}) =>
  offline(`analysis replay --csv a.csv ${options}`, { files: { 'a.csv': csv, ...files } });

async function replayed(csv: string, options: string): Promise<ReplayReport> {
  const { code, stdout, stderr } = await run(csv, `${options} -o json`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as ReplayReport;
}

describe('analysis replay of a CSV', () => {
  it('judges after every row what was known then', async () => {
    const { looks, first } = await replayed(errors, '--judge errorCount --set alpha=0.001');
    expect(looks.map(({ verdict }) => verdict)).toEqual([
      'pass',
      'pass',
      'pass',
      'pass',
      'fail',
      'fail',
      'fail',
    ]);
    expect(first).toEqual({ pass: { look: 1, at: '10:00' }, fail: { look: 5, at: '10:04' } });
  });

  it('knows no later row', async () => {
    const whole = await replayed(errors, '--judge errorCount');
    const short = await replayed(errors.split('\n').slice(0, 4).join('\n'), '--judge errorCount');
    expect(whole.looks.slice(0, 3)).toEqual(short.looks);
  });

  it('ends with what evaluate says of all rows', async () => {
    const { last } = await replayed(errors, '--judge errorCount --set maxRatio=1.5');
    const looks = failing.map((row) => {
      const [, requests, failed, others, otherErrors] = row.split(',').map(Number);
      return {
        candidate: { requests, errors: failed },
        stable: { requests: others, errors: otherErrors },
      };
    });
    const settings = { maxRatio: 1.5 };
    expect(await evaluatedOne({ judge: 'errorCount', settings, measurements: { looks } })).toEqual(
      last,
    );
  });

  it('looks at every n-th row, and at the last, still counting each', async () => {
    const { looks, last } = await replayed(errors, '--judge errorCount --every 3');
    expect(looks.map(({ look }) => look)).toEqual([3, 6, 7]);
    expect(last).toEqual((await replayed(errors, '--judge errorCount')).last);
  });

  it('begins a segment where the weight changes', async () => {
    const rows = ['a,100,1,900,5,0.1', 'b,500,2,500,3,0.5'];
    const { last } = await replayed([`${head},weight`, ...rows].join('\n'), '--judge errorCount');
    expect(last.evidence).toMatchObject({ segments: [{ weight: 0.1 }, { weight: 0.5 }] });
  });

  it('takes settings of a file, and those of the command line over them', async () => {
    const { stdout } = await run(
      errors,
      '--judge errorCount --settings s.yaml --set prior.a=3 -o json',
      { 's.yaml': 'alpha: 0.002\nprior: { a: 2, b: 4 }\n' },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      last: { evidence: { alpha: 0.002, prior: { a: 3, b: 4 } } },
    });
  });

  it('tells people the looks, the first of each verdict, and the figures', async () => {
    const { stdout } = await run(errors, '--judge errorCount --set alpha=0.001');
    expect(stdout).toMatch(
      /^LOOK {2}AT {5}VERDICT {2}BECAUSE\n1 {5}10:00 {2}pass {5}candidate 0 of 100/,
    );
    expect(stdout).toContain('First fail: look 5, 10:04\nFirst pass: look 1, 10:00\n');
    expect(stdout).toMatch(
      /\nfail {2}after all looks, by errorCount\n {2}candidate\.requests +700\n/,
    );
  });

  it('says never where there was none', async () => {
    const { stdout } = await run(errors.split('\n').slice(0, 3).join('\n'), '--judge errorCount');
    expect(stdout).toContain('First fail: never\n');
  });
});

describe('analysis replay judges by', () => {
  const gauges = [
    'candidate,stable',
    ...Array.from({ length: 40 }, (_, i) => `${i % 7},${i % 5}`),
  ].join('\n');

  it.each(['mannWhitney', 'kayenta', 'msprt', 'means'])('%s, two gauges', async (judge) => {
    const { looks, last } = await replayed(gauges, `--judge ${judge}`);
    expect(looks).toHaveLength(40);
    expect(last.evidence).toMatchObject({ candidate: { n: 40 }, stable: { n: 40 } });
  });

  it('a gauge with missing values', async () => {
    const { last } = await replayed('candidate,stable\n1,2\nNaN,3\n,4\n', '--judge mannWhitney');
    expect(last.evidence).toMatchObject({ candidate: { n: 1, missing: 2 }, stable: { n: 3 } });
  });

  it('split', async () => {
    const csv = 'candidate_requests,stable_requests\n100,900\n400,600\n410,590\n';
    const { first } = await replayed(csv, '--judge split --set shares=[0.1,0.9]');
    expect(first).toEqual({ pass: { look: 1 }, splitNotInForce: { look: 2 } });
  });

  it('latency, from cumulative buckets in any order', async () => {
    const look = (at: string, slow: number) => [
      `${at},candidate,+Inf,100`,
      `${at},candidate,100,${100 - slow}`,
      `${at},candidate,10,20`,
      `${at},stable,10,180`,
      `${at},stable,100,890`,
      `${at},stable,+Inf,900`,
    ];
    const csv = ['at,version,le,count', ...look('10:00', 1), ...look('10:01', 60)].join('\n');
    const { looks, last } = await replayed(csv, '--judge latency');
    expect(looks.map(({ at, verdict }) => [at, verdict])).toEqual([
      ['10:00', 'pass'],
      ['10:01', 'fail'],
    ]);
    expect(last.evidence).toMatchObject({
      candidate: { requests: 200 },
      boundaries: [{ above: 10 }, { above: 100, candidate: { slower: 61 } }],
    });
  });

  it('groupSequential, by z or by counts that are added up', async () => {
    const scores = await replayed(
      'z\n1\n2.6\n0\n',
      '--judge groupSequential --set alpha=0.025 --set maxLooks=3',
    );
    expect(scores.first).toEqual({ fail: { look: 2 } });
    const { last } = await replayed(errors, '--judge groupSequential --set maxLooks=7');
    expect(last.evidence).toMatchObject({ isOver: true, looks: { length: 7 } });
  });

  it('threshold, where no answer, no number and an error are three things', async () => {
    const csv = 'candidate,error\n1,\n,\nNaN,\n,HTTP 503\n9,\n';
    const { looks, last } = await replayed(csv, '--judge threshold --set max=5 --set count=3');
    expect(looks.map(({ verdict }) => verdict)).toEqual([
      'running',
      'noData',
      'noData',
      'noData',
      'fail',
    ]);
    expect(last.evidence).toMatchObject({ passed: 1, failed: 1, empty: 1, notANumber: 1 });
  });
});

describe('analysis replay exits with 2', () => {
  it.each<[string, string, string, string]>([
    [
      'a mistyped column',
      errors.replace('stable_errors', 'stable_erors'),
      '--judge errorCount',
      'a.csv:2: column "stable_erors" is not known here; did you mean "stable_errors"?',
    ],
    [
      'a cell that is no number',
      `${head}\n10:00,1_000,1,2,0\n`,
      '--judge errorCount',
      'a.csv:2: candidate_requests: must be a number. Its value is "1_000".',
    ],
    [
      'a mistyped setting',
      errors,
      '--judge errorCount --set alhpa=0.1',
      'settings: "alhpa" is not known here; did you mean "alpha"?',
    ],
    ['a heading alone', head, '--judge errorCount', 'There is no window to judge.'],
    ['a judge of nothing past', errors, '--judge combine', 'Choose one of errorCount, split'],
    [
      'buckets without the last',
      'at,version,le,count\na,candidate,10,1\n',
      '--judge latency',
      'the candidate has no bucket with le "+Inf"',
    ],
    [
      'buckets that are not cumulative',
      'at,version,le,count\na,candidate,10,5\na,candidate,+Inf,1\n',
      '--judge latency',
      'a.csv:3: fewer requests than in the bucket below.',
    ],
  ])('for %s', async (_, csv, options, message) => {
    const { code, stdout, stderr } = await run(csv, options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('without windows', async () => {
    expect(await offline('analysis replay --judge errorCount')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No windows are given.'),
    });
  });

  it('for settings that are none', async () => {
    const { code, stderr } = await run(errors, '--judge errorCount --settings s.yaml', {
      's.yaml': 'alpha',
    });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('s.yaml has no fields.'),
    });
  });
});
