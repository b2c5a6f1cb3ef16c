import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { celFault } from '../syntax/cel.js';
import { all, each, inside } from '../walk.js';
import { providers } from './providers.js';

export const accessLogRules = rules({
  LOG_FILTER_INVALID: refused('The filter of an access log is not a CEL expression.', {
    without: 'istiod sends it on, and Envoy refuses the listener',
    next: 'Write a condition such as response.code >= 400.',
  }),
});

const filter: Check = function* (spot) {
  const expression = spot.at('expression');
  if (expression.isSet && typeof expression.value !== 'string') return;
  const fault = celFault(expression.text);
  if (fault === undefined) return;
  yield accessLogRules.LOG_FILTER_INVALID.on(
    expression,
    `${JSON.stringify(expression.text)}: ${fault}.`,
  );
};

export const accessLog: Check = all(each('accessLogging', inside('filter', filter), providers));
