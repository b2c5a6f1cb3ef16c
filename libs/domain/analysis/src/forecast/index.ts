export { describeForecast } from './describe-forecast.js';
export { defaultDetectionPlan, type DetectionPlan, type Impossible } from './detection-plan.js';
export {
  detectionChance,
  durationFor,
  forecastDetection,
  minimumRequests,
  type DetectionForecast,
  type RequestsNeeded,
} from './forecast-detection.js';
export { smallestDetectableRatio } from './smallest-ratio.js';
