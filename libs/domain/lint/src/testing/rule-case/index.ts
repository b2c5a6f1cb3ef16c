import { destinationRuleCases } from './destination-rule-cases.js';
import { gatewayCases } from './gateway-cases.js';
import { httpRuleCases } from './http-rule-cases.js';
import type { RuleCase } from './rule-case.js';
import { serviceEntryCases } from './service-entry-cases.js';
import { sharedCases } from './shared-cases.js';
import { sidecarCases } from './sidecar-cases.js';
import { telemetryCases } from './telemetry-cases.js';
import { virtualServiceCases } from './virtual-service-cases.js';

export type { RuleCase } from './rule-case.js';

/** One for each rule about single objects. */
export const ruleCases: readonly RuleCase[] = [
  ...sharedCases,
  ...virtualServiceCases,
  ...httpRuleCases,
  ...destinationRuleCases,
  ...serviceEntryCases,
  ...gatewayCases,
  ...sidecarCases,
  ...telemetryCases,
];
