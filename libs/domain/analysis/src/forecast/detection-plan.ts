import { CodedError } from '@spillway/kernel';

/** What is measured, and what is to be found in it by the test of error counts. */
export interface DetectionPlan {
  /** Of both versions together. */
  readonly requestsPerSecond: number;
  /** Share of stable's requests that fail, 0..1. */
  readonly errorRate: number;
  /** The candidate's share of requests, 0..1. */
  readonly weight: number;
  /** How many times stable's error rate the candidate's would be. */
  readonly ratio: number;
  /** The ratio that is allowed. Only what is above it is ever found. */
  readonly maxRatio: number;
  /** What this one test may spend; its share, where a release divides α. */
  readonly alpha: number;
  /** Seconds from look to look. */
  readonly lookEvery: number;
  /** How sure the finding must be: 0.9 is nine cases of ten. */
  readonly power: number;
  /** Seconds after which nobody waits any longer. May be Infinity. */
  readonly horizon: number;
}

export const defaultDetectionPlan = {
  ratio: 2,
  maxRatio: 1,
  alpha: 0.01,
  lookEvery: 10,
  power: 0.9,
  horizon: 86_400,
} as const satisfies Partial<DetectionPlan>;

/** Why no length of time is enough. */
export type Impossible =
  | 'noTraffic'
  /** A multiple of no errors is no error. */
  | 'noErrors'
  | 'noCandidate'
  | 'noStable'
  /** The ratio is not above what is allowed; or no more than all requests can fail. */
  | 'notWorse';

/** How errors arrive, and whose they are. */
export interface ErrorStream {
  /** Errors of both versions from look to look, on average. */
  readonly perLook: number;
  /** The candidate's share of them. */
  readonly share: number;
  /** Its share where its rate is just what is allowed. */
  readonly allowedShare: number;
}

/** More than all of the candidate's requests cannot fail. */
export const effectiveRatio = ({ ratio, errorRate }: DetectionPlan): number =>
  Math.min(ratio, 1 / errorRate);

export function impossibility(plan: DetectionPlan): Impossible | undefined {
  if (plan.requestsPerSecond === 0) return 'noTraffic';
  if (plan.errorRate === 0) return 'noErrors';
  if (plan.weight === 0) return 'noCandidate';
  if (plan.weight === 1) return 'noStable';
  return effectiveRatio(plan) > plan.maxRatio ? undefined : 'notWorse';
}

export function streamOf(plan: DetectionPlan): ErrorStream {
  const { weight, requestsPerSecond, errorRate, lookEvery, maxRatio } = plan;
  const shareAt = (ratio: number): number => (weight * ratio) / (weight * ratio + 1 - weight);
  const ratio = effectiveRatio(plan);
  const errorsPerRequest = errorRate * (weight * ratio + 1 - weight);
  return {
    perLook: requestsPerSecond * lookEvery * errorsPerRequest,
    share: shareAt(ratio),
    allowedShare: shareAt(maxRatio),
  };
}

const isShare = (value: number): boolean => value >= 0 && value <= 1;
const isInside = (value: number): boolean => value > 0 && value < 1;
const isFinitePositive = (value: number): boolean => value > 0 && value < Infinity;

const fits: { readonly [Field in keyof DetectionPlan]: (value: number) => boolean } = {
  requestsPerSecond: (value) => value >= 0 && value < Infinity,
  errorRate: isShare,
  weight: isShare,
  ratio: isFinitePositive,
  maxRatio: isFinitePositive,
  alpha: isInside,
  lookEvery: isFinitePositive,
  power: isInside,
  horizon: (value) => value >= 0,
};

/** Numbers that mean nothing would give times that mean nothing. */
export function requireSense(plan: DetectionPlan): void {
  for (const field of Object.keys(fits) as (keyof DetectionPlan)[]) {
    if (fits[field](plan[field])) continue;
    throw new CodedError(
      'INVALID_INPUT',
      `A forecast cannot be made with ${field} ${plan[field]}.`,
      'Shares and rates are 0..1, α and power between 0 and 1, times in seconds.',
    );
  }
}
