export { eBenjaminiHochberg, type EBenjaminiHochberg } from './e-bh.js';
export { averageE, pFromLogE, productE } from './e-values.js';
export { mixtureOverStarts } from './mixture-over-starts.js';
export { bonferroni, holm, type AdjustedP } from './p-values.js';
export { shareAlpha } from './weights.js';
