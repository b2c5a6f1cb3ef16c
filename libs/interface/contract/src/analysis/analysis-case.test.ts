import { describe, expect, it } from '@jest/globals';
import { judgeCase } from './analysis-case.js';

const arm = (requests: number, errors: number) => ({ requests, errors });
const counts = { candidate: arm(100, 2), stable: arm(900, 9) };
const samples = { candidate: [1, 2], stable: [1, 2] };

const said = (input: unknown): string => {
  const judged = judgeCase(input);
  return judged.ok ? judged.value.verdict : judged.error.message;
};

describe('a case', () => {
  it('needs no settings', () => {
    expect(said({ judge: 'errorCount', measurements: counts })).toBe('pass');
  });

  it('keeps its name', () => {
    const judged = judgeCase({ name: 'mine', judge: 'errorCount', measurements: counts });
    expect(judged).toMatchObject({ ok: true, value: { name: 'mine', judge: 'errorCount' } });
  });

  it('has defaults within nested settings too', () => {
    const judged = judgeCase({
      judge: 'errorCount',
      settings: { prior: { b: 5 } },
      measurements: counts,
    });
    expect(judged).toMatchObject({ value: { evidence: { prior: { a: 1, b: 5 } } } });
  });

  it('gives one look the same verdict as a list with it', () => {
    const one = judgeCase({ judge: 'errorCount', measurements: counts });
    expect(judgeCase({ judge: 'errorCount', measurements: { looks: [counts] } })).toEqual(one);
  });

  it('gives a pair of histograms the same verdict as a list with them', () => {
    const upperBounds = [10, 100];
    const [candidate, stable] = [
      [9, 90, 1],
      [90, 900, 10],
    ];
    const pair = judgeCase({
      judge: 'latency',
      measurements: {
        candidate: { upperBounds, counts: candidate },
        stable: { upperBounds, counts: stable },
        weight: 0.1,
      },
    });
    const looks = [{ candidate, stable, weight: 0.1 }];
    expect(judgeCase({ judge: 'latency', measurements: { upperBounds, looks } })).toEqual(pair);
  });

  it.each([[null], ['NaN']])('takes %j for a missing value of a gauge', (missing) => {
    const judged = judgeCase({
      judge: 'mannWhitney',
      measurements: { ...samples, candidate: [1, missing, 2] },
    });
    expect(judged).toMatchObject({ value: { evidence: { candidate: { n: 2, missing: 1 } } } });
  });
});

describe('what is wrong with a case is named', () => {
  const sentences: readonly (readonly [string, unknown, string])[] = [
    ['no object', 5, 'The document: expected object, received number.'],
    ['no judge', {}, 'judge: is missing. Known: threshold, errorCount,'],
    [
      'an unknown judge',
      { judge: 'errorCont' },
      'there is no "errorCont", did you mean "errorCount"? Known:',
    ],
    [
      'a mistyped field',
      { judge: 'kayenta', setings: {} },
      '"setings" is not known here; did you mean "settings"?',
    ],
    [
      'no measurements',
      { judge: 'errorCount' },
      'measurements: give looks, or one look itself: candidate and stable.',
    ],
    [
      'a mistyped setting',
      { judge: 'errorCount', settings: { alhpa: 1 }, measurements: counts },
      'settings: "alhpa" is not known here; did you mean "alpha"?',
    ],
    [
      'settings that are too large or too small',
      { judge: 'errorCount', settings: { alpha: 2, prior: { a: -1 } }, measurements: counts },
      'settings.alpha: must be between 0 and 1; settings.prior.a: must be above 0.',
    ],
    [
      'more errors than requests',
      { judge: 'errorCount', measurements: { ...counts, candidate: arm(1, 2) } },
      'measurements.candidate.errors: must not be above requests.',
    ],
    [
      'a mistyped arm of a look',
      {
        judge: 'errorCount',
        measurements: { looks: [{ candidate: arm(1, 0), stabel: arm(1, 0) }] },
      },
      'measurements.looks[0]: "stabel" is not known here; did you mean "stable"?',
    ],
    [
      'a mistyped arm of the only look',
      { judge: 'errorCount', measurements: { candidate: arm(1, 0), stabel: arm(1, 0) } },
      'measurements: "stabel" is not known here; did you mean "stable"?',
    ],
    [
      'counts for other bounds',
      {
        judge: 'latency',
        measurements: { upperBounds: [1, 2], looks: [{ candidate: [1, 2], stable: [1, 2, 3] }] },
      },
      'measurements.looks[0].candidate: must have one count more than there are bounds.',
    ],
    [
      'histograms of different bounds',
      {
        judge: 'latency',
        measurements: {
          candidate: { upperBounds: [1], counts: [1, 2] },
          stable: { upperBounds: [2], counts: [1, 2] },
        },
      },
      'measurements.stable.upperBounds: must have the same bounds as the candidate.',
    ],
    [
      'counts for other shares',
      { judge: 'split', settings: { shares: [1, 2, 3] }, measurements: { counts: [1, 2] } },
      'measurements.looks[0].counts: has 2 numbers for 3 shares.',
    ],
    [
      'a value that is no number',
      { judge: 'mannWhitney', measurements: { ...samples, candidate: [1, 'nan'] } },
      'measurements.candidate[1]: must be a number, null, "NaN", "Infinity" or "-Infinity".',
    ],
    [
      'a plan without an end',
      { judge: 'groupSequential', measurements: { looks: [{ z: 1 }] } },
      'measurements.looks[0].fraction: is missing, and neither settings.maxLooks nor',
    ],
    [
      'weights for another number of values',
      {
        judge: 'combine',
        settings: { method: 'average', weights: [1] },
        measurements: { logE: [0, 2] },
      },
      '[1] are no weights for 2 values.',
    ],
    [
      'p-values where e-values are put together',
      { judge: 'combine', settings: { method: 'eBH' }, measurements: { pValues: [0.1] } },
      'measurements.pValues: eBH puts e-values together.',
    ],
    [
      'a threshold without a bound',
      { judge: 'threshold', measurements: { readings: [] } },
      'settings.min: needs a bound or a judge;',
    ],
    [
      'an unknown function',
      { judge: 'boundary', settings: { function: 'tradius' } },
      'did you mean "tRadius"?',
    ],
    ['no function', { judge: 'boundary' }, 'settings.function: is missing; known: bestRho,'],
    [
      'a wrong argument among measurements',
      { judge: 'boundary', settings: { function: 'zRadius', g: 1 }, measurements: { n: 'x' } },
      'measurements.n: expected number, received string.',
    ],
    [
      'an argument that is missing',
      { judge: 'forecast', settings: { weight: 0.1 }, measurements: { errorRate: 0.1 } },
      'settings.requestsPerSecond: expected number, but it is missing.',
    ],
  ];

  it.each(sentences)('%s', (_, input, sentence) => {
    expect(said(input)).toContain(sentence);
  });
});
