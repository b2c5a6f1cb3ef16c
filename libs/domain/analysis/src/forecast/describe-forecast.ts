import { duration, formatDuration } from '@spillway/kernel';
import { roughly } from '../counts/figures.js';
import type { DetectionPlan, Impossible } from './detection-plan.js';
import type { DetectionForecast } from './forecast-detection.js';

const percent = (share: number): string => `${roughly(100 * share)} %`;

const time = (seconds: number): string => formatDuration(duration(Math.round(1000 * seconds)));

const reasons: Readonly<Record<Impossible, string>> = {
  noTraffic: 'there is no traffic',
  noErrors: 'stable makes no errors, and a multiple of no errors is none',
  noCandidate: 'the candidate gets no requests',
  noStable: 'stable gets no requests to compare with',
  notWorse: 'it is not above what is allowed',
};

function subject({ ratio, weight, requestsPerSecond, errorRate, alpha }: DetectionPlan): string {
  return (
    `${roughly(ratio)} times the errors at a weight of ${percent(weight)} ` +
    `(${roughly(requestsPerSecond)} requests/s, ${percent(errorRate)} fail, α = ${roughly(alpha)})`
  );
}

/** One sentence: `2 times the errors at a weight of 10 % (…) are found in 6m20s, or 12m40s in 90 % …`. */
export function describeForecast(forecast: DetectionForecast): string {
  const { plan } = forecast;
  switch (forecast.kind) {
    case 'found':
      return (
        `${subject(plan)} are found within ${time(forecast.medianSeconds)} in half of all cases, ` +
        `within ${time(forecast.quantileSeconds)} in ${percent(plan.power)} of them`
      );
    case 'tooSlow':
      return (
        `${subject(plan)} are found within ${time(plan.horizon)} in ${percent(forecast.chance)} ` +
        `of all cases, not in ${percent(plan.power)}`
      );
    case 'impossible':
      return `${subject(plan)} cannot be found: ${reasons[forecast.why]}`;
  }
}
