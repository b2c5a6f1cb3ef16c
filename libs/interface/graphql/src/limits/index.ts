import type { ValidationRule } from 'graphql';
import { costLimit } from './cost-limit.js';
import { aliasLimit, directiveLimit, mutationLimit } from './count-limits.js';
import { depthLimit } from './depth-limit.js';

export { refuseNesting } from './nesting-limit.js';

/** A page of 200 releases with all their fields fits; pages of pages of pages do not. */
export const limits: readonly ValidationRule[] = [
  depthLimit(12),
  costLimit(20_000),
  aliasLimit(100),
  directiveLimit(50),
  mutationLimit(10),
];

/** Of one document, so that parsing it stays cheap. */
export const mostTokens = 5_000;
