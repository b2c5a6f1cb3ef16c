export * from './analysis-case.js';
export { boundaryFunctions } from './boundary/index.js';
export { judgeNames, judges, type JudgeName } from './judges.js';
export { verdictKinds, type Judged, type OfflineJudge, type VerdictKind } from './offline-judge.js';
