import type { LookView } from './look-view.js';

const because =
  'errors in eu-west: candidate 41 of 2,010 failed, stable 38 of 18,204: 9.8 times the rate, e = 3,200, stop at 1,000';

/** The one that made a release roll back. */
export const lookExample: LookView = {
  step: 1,
  metric: 'errors',
  cluster: 'eu-west',
  ordinal: 2,
  from: '2026-01-05T10:01:30.000Z',
  to: '2026-01-05T10:02:00.000Z',
  query: 'requests and failed requests, of Istio’s metrics',
  reading: {
    kind: 'value',
    candidate: { value: 97.82, requests: 688, errors: 15 },
    stable: { value: 99.79, requests: 6_190, errors: 13 },
  },
  verdict: {
    kind: 'fail',
    because,
    evidence: {
      metric: 'errors',
      cluster: 'eu-west',
      measured: 3,
      passed: 3,
      failed: 0,
      belowMinSample: 0,
      empty: 0,
      notANumber: 0,
      consecutiveErrors: 0,
      lastValue: 97.82,
      lastStableValue: 99.79,
      requests: 2_010,
      comparison: {
        judge: 'errorCount',
        candidate: { n: 2_010, errors: 41 },
        stable: { n: 18_204, errors: 38 },
        estimate: 9.77,
        low: 6.2,
        logE: 8.07,
        isEnough: true,
        because:
          'candidate 41 of 2,010 failed, stable 38 of 18,204: 9.8 times the rate, e = 3,200, stop at 1,000',
      },
      standing: { alpha: 0.001, logE: 8.07, pValue: 0.000_313 },
    },
  },
};
