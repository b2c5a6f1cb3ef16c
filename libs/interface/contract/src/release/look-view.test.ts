import { expect, it } from '@jest/globals';
import type { Reading } from '@spillway/domain-analysis';
import { aComparison, aLook } from '../testing/index.js';
import { lookView, toLookView } from './look-view.js';

const readings: readonly Reading[] = [
  { kind: 'value', candidate: { value: 0.1 + 0.2 } },
  {
    kind: 'value',
    candidate: {
      value: 212.5,
      requests: 40,
      errors: 1,
      histogram: { upperBounds: [100, 250], counts: [1, 38, 1] },
    },
    stable: { value: 180, requests: 360.5 },
  },
  { kind: 'empty' },
  { kind: 'notANumber' },
  { kind: 'error', message: 'HTTP 503' },
];

it.each(readings)('shows a reading of kind $kind as it came', (reading) => {
  const view = toLookView(aLook({ reading }));
  expect(view.reading).toEqual(reading);
  expect(lookView.parse(view)).toEqual(view);
});

it('shows what was asked and concluded, with its evidence', () => {
  const query = 'requests and failed requests';
  const view = toLookView(aLook({ step: 3, ordinal: 2, query, verdict: aComparison }));
  expect(view).toEqual({
    step: 3,
    metric: 'errors',
    cluster: 'eu',
    ordinal: 2,
    from: '2026-01-05T10:00:00.000Z',
    to: '2026-01-05T10:01:00.000Z',
    query,
    reading: { kind: 'empty' },
    verdict: aComparison,
  });
  expect(lookView.parse(view)).toEqual(view);
});

it('says nothing of a verdict or a query where there is none', () => {
  expect(Object.keys(toLookView(aLook()))).toEqual([
    'step',
    'metric',
    'cluster',
    'ordinal',
    'from',
    'to',
    'reading',
  ]);
});
