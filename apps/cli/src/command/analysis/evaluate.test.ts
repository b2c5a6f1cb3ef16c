import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FakeIo } from '../../testing/fake-io.js';
import { offline } from '../../testing/offline-shell.js';
import { main } from '../../cli.js';

const examples = readFileSync(
  new URL('../../../../../docs/examples/analysis-cases.json', import.meta.url),
  'utf8',
);
const evaluate = (cases: unknown, options = '') =>
  offline(`analysis evaluate cases.json ${options}`, {
    files: { 'cases.json': typeof cases === 'string' ? cases : JSON.stringify(cases) },
  });

const counts = {
  candidate: { requests: 2010, errors: 41 },
  stable: { requests: 18_204, errors: 38 },
};
const fine = { judge: 'errorCount', measurements: counts };

describe('analysis evaluate', () => {
  it('prints a verdict for each case, in order', async () => {
    const { code, stdout } = await evaluate(examples, '-o json');
    const judges = (JSON.parse(examples) as { judge: string }[]).map(({ judge }) => judge);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { judge: string }[]).map(({ judge }) => judge)).toEqual(judges);
  });

  it('reads standard input too', async () => {
    const { code, stdout } = await offline('analysis evaluate - -o json', {
      stdin: JSON.stringify([fine]),
    });
    expect({ code, verdicts: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 0,
      verdicts: [{ judge: 'errorCount', verdict: 'fail' }],
    });
  });

  it('answers an empty list with an empty list', async () => {
    expect(await evaluate([], '-o json')).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  it('tells people the verdict, why, and every figure', async () => {
    const { stdout } = await evaluate([{ ...fine, name: 'canary' }]);
    expect(stdout).toMatch(
      /^fail {2}cases\[0\] {2}errorCount {2}"canary"\n {2}candidate 41 of 2,010/,
    );
    expect(stdout).toMatch(/\n {2}ratio\.estimate +9\.77/);
    expect(stdout).toContain('1 entry, see -o json\n');
  });

  it('is coloured on a terminal only', async () => {
    const files = { 'cases.json': JSON.stringify([fine]) };
    const screen = new FakeIo({ files, isTTY: true, env: { SPILLWAY_TOKEN: '' } });
    await main(['analysis', 'evaluate', 'cases.json'], screen);
    expect(screen.written.stdout).toContain('\u001b[31mfail\u001b[0m');
    expect((await evaluate([fine])).stdout).not.toContain('\u001b');
  });
});

describe('analysis evaluate exits with 2 and judges nothing', () => {
  it.each<[string, unknown, string]>([
    [
      'a case that is wrong among others',
      [fine, { judge: 'split' }, fine],
      'cases[1].settings.shares: expected array, but it is missing;',
    ],
    [
      'several, each with its place',
      [{ judge: 'x' }, fine, { ...fine, settings: { alpha: 0 } }],
      'cases[2].settings.alpha: must be between 0 and 1.',
    ],
    [
      'a mistyped field of the case',
      [{ ...fine, nam: 'x' }],
      'cases[0]: "nam" is not known here; did you mean "name"?',
    ],
    [
      'weights that do not fit',
      [
        {
          judge: 'combine',
          settings: { method: 'holm', weights: [1] },
          measurements: { pValues: [] },
        },
      ],
      'cases[0]: ',
    ],
    ['a case that is none', [7], 'cases[0]: expected object, received number.'],
    ['no list', fine, '"cases.json" is no list of cases.'],
    [
      'no JSON',
      '[{"judge": NaN}]',
      'JSON has no NaN and no Infinity: write null, "NaN" or "Infinity".',
    ],
  ])('for %s', async (_, cases, message) => {
    const { code, stdout, stderr } = await evaluate(cases);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('for more wrong cases than anybody reads, and counts them', async () => {
    const { stderr } = await evaluate(Array.from({ length: 14 }, () => ({ judge: 'errorCont' })));
    expect(stderr).toContain('cases[9].judge:');
    expect(stderr).not.toContain('cases[10]');
    expect(stderr).toContain('And 4 more.');
  });

  it('for a file that is not there', async () => {
    expect(await offline('analysis evaluate nowhere.json')).toMatchObject({ code: 2 });
  });
});

describe('analysis judges', () => {
  it('lists judges and functions', async () => {
    const { code, stdout } = await offline('analysis judges');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mannWhitney +Any gauge/m);
    expect(stdout).toMatch(/^tRadius +/m);
  });
});
