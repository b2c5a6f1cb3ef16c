import { streamOf, type DetectionPlan, type ErrorStream } from './detection-plan.js';
import { errorsToStop, type ErrorsToStop } from './errors-to-stop.js';

/** P(found at look `look` or before). Grows with the look. */
export type ChanceBy = (look: number) => number;

/** What chances are computed from. */
export interface Detection {
  readonly stream: ErrorStream;
  readonly errorsToStop: ErrorsToStop;
  /** Errors after which about half of all cases are found. */
  readonly typicalErrors: number;
  /** Chances above this are not asked for. */
  readonly power: number;
  /** Looks beyond this are not asked for. */
  readonly looks: number;
}

/** Errors that take ln E to ln 1/α: as if the ratio were known, and the price of not knowing it. */
function typicalErrors({ share: p, allowedShare: p0 }: ErrorStream, alpha: number): number {
  const q = 1 - p;
  const each = p * Math.log(p / p0) + (q > 0 ? q * Math.log(q / (1 - p0)) : 0);
  let errors = 1;
  for (let i = 0; i < 8; i += 1) errors = (0.5 * Math.log1p(errors) - Math.log(alpha)) / each;
  return errors;
}

/** Quotients of seconds: 0.3 / 0.1 is not quite 3. */
const rounding = 1e-9;

export const looksIn = (seconds: number, { lookEvery }: DetectionPlan): number =>
  Math.floor(seconds / lookEvery + rounding);

export function detectionOf(plan: DetectionPlan): Detection {
  const stream = streamOf(plan);
  return {
    stream,
    errorsToStop: errorsToStop(stream.allowedShare, plan.alpha),
    typicalErrors: typicalErrors(stream, plan.alpha),
    power: Math.max(plan.power, 0.5),
    looks: looksIn(plan.horizon, plan),
  };
}
