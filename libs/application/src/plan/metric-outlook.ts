import {
  defaultDetectionPlan,
  describeForecast,
  forecastDetection,
  isAnytimeValid,
  smallestDetectableRatio,
  type DetectionPlan,
  type MetricSpec,
  type Reading,
} from '@spillway/domain-analysis';
import type { MeasuredStep } from '@spillway/domain-release';
import {
  EVERYTHING,
  duration,
  formatDuration,
  type BasisPoints,
  type Duration,
} from '@spillway/kernel';

/** What a step can find of a metric, given the traffic of now. */
export interface StepOutlook {
  /** Index in the plan. */
  readonly step: number;
  readonly weight: BasisPoints;
  readonly length: Duration;
  /** Whether the step is long enough to find it with the power asked for. */
  readonly isEnough: boolean;
  /** In a sentence. */
  readonly forecast: string;
}

/** What is known of a metric before a release begins: what stable shows now. */
export interface MetricOutlook {
  readonly metric: string;
  /** Stable's value; in the metric's unit. */
  readonly value?: number;
  readonly requestsPerSecond?: number;
  /** 0..1. */
  readonly errorRate?: number;
  /** Why nothing is known of it. A release would wait, or fail, for the same reason. */
  readonly missing?: string;
  /** Of a metric that compares error counts. */
  readonly steps: readonly StepOutlook[];
}

/** How far back a plan looks: long enough for a service that is asked seldom. */
export const lookBack = duration(600_000);

export function outlookOf(
  spec: MetricSpec,
  reading: Reading,
  steps: readonly MeasuredStep[],
): MetricOutlook {
  const { name: metric } = spec;
  const time = formatDuration(lookBack);
  switch (reading.kind) {
    case 'error':
      return { metric, missing: reading.message, steps: [] };
    case 'empty':
      return { metric, missing: `stable has no data in the last ${time}`, steps: [] };
    case 'notANumber':
      return { metric, missing: `stable’s value is not a number in the last ${time}`, steps: [] };
    case 'value': {
      const { value, requests, errors } = reading.candidate;
      if (requests === undefined) return { metric, value, steps: [] };
      if (requests === 0) return { metric, missing: `no requests in the last ${time}`, steps: [] };
      const requestsPerSecond = requests / (lookBack / 1_000);
      if (errors === undefined) return { metric, value, requestsPerSecond, steps: [] };
      const counted = { requestsPerSecond, errorRate: errors / requests };
      const compares = spec.judge !== undefined && isAnytimeValid(spec.judge);
      return {
        metric,
        value,
        ...counted,
        steps: compares ? steps.map((step) => stepOutlook(step, spec, counted)) : [],
      };
    }
  }
}

function stepOutlook(
  { step, weight, length, ratio, power, alpha, allowed }: MeasuredStep,
  { interval }: MetricSpec,
  counted: Pick<DetectionPlan, 'requestsPerSecond' | 'errorRate'>,
): StepOutlook {
  const horizon = length / 1_000;
  const plan: DetectionPlan = {
    ...defaultDetectionPlan,
    ...counted,
    weight: weight / EVERYTHING,
    ratio,
    power,
    alpha,
    maxRatio: allowed,
    lookEvery: interval / 1_000,
    horizon,
  };
  const forecast = forecastDetection(plan);
  const isEnough = forecast.kind === 'found';
  const smallest = isEnough ? undefined : smallestDetectableRatio(plan, horizon);
  const least =
    smallest === undefined
      ? ''
      : `; the least that is found with ${Math.round(100 * power)} % is ${smallest.toPrecision(2)} times`;
  return { step, weight, length, isEnough, forecast: `${describeForecast(forecast)}${least}` };
}
