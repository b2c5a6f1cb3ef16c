export { fitsSplit, type SplitFit } from './split-fit.js';
