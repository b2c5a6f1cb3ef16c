import type { Look } from '@spillway/application';
import type { Verdict } from '@spillway/domain-analysis';
import { aMoment } from '@spillway/domain-release/testing';
import { after, clusterName } from '@spillway/kernel';

const eu = clusterName('eu');

/** Enough to roll back. */
export const aComparison: Verdict = {
  kind: 'fail',
  because: 'errors in eu: candidate 41 of 2,010 failed, stable 38 of 18,204',
  evidence: {
    metric: 'errors',
    cluster: eu,
    measured: 3,
    passed: 0,
    failed: 0,
    belowMinSample: 0,
    empty: 0,
    notANumber: 0,
    consecutiveErrors: 0,
    requests: 2_010,
    comparison: {
      judge: 'errorCount',
      candidate: { n: 2_010, errors: 41 },
      stable: { n: 18_204, errors: 38 },
      estimate: 9.77,
      low: 6.2,
      logE: 8.07,
      isEnough: true,
      because: 'e = 3,200, stop at 1,000',
    },
    standing: { alpha: 0.001, logE: 8.07, pValue: 0.000_313 },
  },
};

/** The first minute of the first step: nothing came. */
export const aLook = (overrides: Partial<Look> = {}): Look => ({
  step: 0,
  metric: 'errors',
  cluster: eu,
  ordinal: 0,
  from: aMoment,
  to: after(aMoment, 60_000),
  reading: { kind: 'empty' },
  ...overrides,
});
