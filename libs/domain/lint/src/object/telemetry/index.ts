import type { Check } from '../rule.js';
import { all } from '../walk.js';
import { accessLog } from './access-log.js';
import { metrics } from './metrics.js';
import { targets } from './targets.js';
import { tracing } from './tracing.js';

export const telemetry: Check = all(targets, metrics, tracing, accessLog);
