import { eValueOverTime } from './e-value-over-time.js';
import { evidenceOverSteps } from './evidence-over-steps.js';
import { lookingOften } from './looking-often.js';
import { noData } from './no-data.js';
import { ratioNarrows } from './ratio-narrows.js';
import { splitCheck } from './split-check.js';
import { worseTail } from './worse-tail.js';

/** The pictures of the guides, by the names of their files in docs/pictures. */
export const pictures: Readonly<Record<string, () => string>> = {
  'e-value-over-time': eValueOverTime,
  'evidence-over-steps': evidenceOverSteps,
  'looking-often': lookingOften,
  'no-data': noData,
  'ratio-narrows': ratioNarrows,
  'split-check': splitCheck,
  'worse-tail': worseTail,
};
