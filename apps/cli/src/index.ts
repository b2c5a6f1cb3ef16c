export { main } from './cli.js';
export { replayReport } from './command/analysis/replay/replay-report.js';
export { lintCatalogue } from './command/lint/lint-catalogue.js';
export { lintReport, type LintReport } from './command/lint/lint-report.js';
export { routeExplanation } from './command/route/route-explanation.js';
export { routeRequest } from './command/route/route-request.js';
export { plain } from './render/paint.js';
export { releasePlanText } from './render/release-plan.js';
export type { Io, Terminal } from './io.js';
