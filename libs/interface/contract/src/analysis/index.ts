export * from './analysis-case.js';
export { boundaryFunctions } from './boundary/index.js';
export { judgeNames, judges, type JudgeName } from './judges.js';
export type { Judged, OfflineJudge, VerdictKind } from './offline-judge.js';
