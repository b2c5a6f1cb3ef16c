import { gammaCdf, normalCdf } from '../special-functions.js';
import type { ChanceBy, Detection } from './detection.js';
import { ErrorWalk, manyAtOnce, oneByOne } from './error-walk.js';

/** With how many errors the test stops, and how likely. */
interface Stop {
  readonly errors: number;
  readonly mass: number;
}

/** So many errors are walked one by one at the most, or so many steps of many errors each. */
const finestSteps = 2000;

/** The clock may be this many standard deviations ahead of the errors, or behind. */
const clockSpread = 6;

/**
 * For many looks. Whose error the next one is does not depend on when it comes, so a walk over the
 * errors says with which of them the test stops, and the clock comes in afterwards: the time of the
 * n-th error is Gamma(n) distributed. Exact where there is a look after every error; where looks are
 * rarer, there is one after as many errors as a look brings on average.
 */
export function byErrors(detection: Detection): ChanceBy {
  const { perLook } = detection.stream;
  const { stops, errorsPerLook } = walk(detection);
  const merged = merge(stops);
  // A look that stands for many errors comes with the last of them, give or take half of them.
  const phase = (errorsPerLook - 1) / 2;
  return (look) => {
    const errors = look * perLook + phase;
    return merged.reduce((sum, stop) => sum + stop.mass * reached(errors, stop.errors), 0);
  };
}

/** From here on Wilson and Hilferty's cube root is exact to 1e-4, and twenty times as fast. */
const manyErrors = 200;

/** P(Poisson(mean) ≥ errors). */
function reached(mean: number, errors: number): number {
  const distance = (mean - errors) / Math.sqrt(errors);
  if (Math.abs(distance) > clockSpread) return distance > 0 ? 1 : 0;
  if (errors < manyErrors) return gammaCdf(mean, errors);
  return normalCdf(3 * Math.sqrt(errors) * (Math.cbrt(mean / errors) - 1 + 1 / (9 * errors)));
}

function walk({ stream, errorsToStop, typicalErrors, power, looks }: Detection) {
  const { perLook, share } = stream;
  const last = looks * perLook;
  const span = Math.max(perLook, Math.min(typicalErrors, last));
  const perStep = Math.max(1, Math.ceil(span / finestSteps));
  const cases = new ErrorWalk(perStep === 1 ? oneByOne(share) : manyAtOnce(share, perStep));
  const stepsPerLook = Math.max(1, Math.round(perLook / perStep));
  const stops: Stop[] = [];
  let found = 0;
  let enough = last + clockSpread * Math.sqrt(last);
  for (let step = 1; (step - 1) * perStep <= enough && !cases.isEmpty; step += 1) {
    cases.step();
    if (step % stepsPerLook !== 0) continue;
    const errors = step * perStep;
    const mass = cases.takeFrom(errorsToStop(errors));
    if (mass > 0) stops.push({ errors, mass });
    found += mass;
    if (found > power) enough = Math.min(enough, errors + clockSpread * Math.sqrt(errors));
  }
  return { stops, errorsPerLook: perStep === 1 || perLook > perStep ? stepsPerLook * perStep : 1 };
}

/** The clock tells stops apart that are further from each other than a part of its own spread. */
const sameStop = 0.3;

function merge(stops: readonly Stop[]): readonly Stop[] {
  const merged: Stop[] = [];
  let first = -Infinity;
  for (const stop of stops) {
    const last = merged.at(-1);
    if (last === undefined || stop.errors - first > sameStop * Math.sqrt(first)) {
      first = stop.errors;
      merged.push(stop);
      continue;
    }
    const mass = last.mass + stop.mass;
    const errors = (last.mass * last.errors + stop.mass * stop.errors) / mass;
    merged[merged.length - 1] = { errors, mass };
  }
  return merged;
}
