import { boundary } from './boundary/index.js';
import { combine } from './combine.js';
import { errorCount } from './error-count.js';
import { forecast } from './forecast.js';
import { groupSequential } from './group-sequential.js';
import { kayenta, kayentaScore } from './kayenta.js';
import { latency } from './latency.js';
import { mannWhitney } from './mann-whitney.js';
import { means, msprt } from './means.js';
import type { OfflineJudge } from './offline-judge.js';
import { split } from './split.js';
import { threshold } from './threshold.js';

export const judgeNames = [
  'threshold',
  'errorCount',
  'split',
  'latency',
  'mannWhitney',
  'kayenta',
  'kayentaScore',
  'groupSequential',
  'msprt',
  'means',
  'combine',
  'forecast',
  'boundary',
] as const;

export type JudgeName = (typeof judgeNames)[number];

/** Every judge that can be asked without a server. */
export const judges: Readonly<Record<JudgeName, OfflineJudge>> = {
  threshold,
  errorCount,
  split,
  latency,
  mannWhitney,
  kayenta,
  kayentaScore,
  groupSequential,
  msprt,
  means,
  combine,
  forecast,
  boundary,
};
