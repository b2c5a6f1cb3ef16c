import type { Check } from '../rule.js';
import { refused, refusedByServer, rules, warned } from '../rule.js';
import { duration } from '../shared/duration.js';
import { all, each, eachValue, inside, on } from '../walk.js';
import { providers } from './providers.js';

export const metricRules = rules({
  TAG_VALUE_MISSING: refused('A tag is to be set, and there is no value.', {
    without: 'it is stored, and the tag is not set',
    next: 'Add value, or write operation: REMOVE.',
  }),
  TAG_VALUE_UNEXPECTED: refusedByServer('A tag is to be removed, and there is a value.', {
    next: 'Remove value, or write operation: UPSERT.',
  }),
  TAG_NAME_EMPTY: warned('A tag has no name.', {
    consequence: 'It is not set.',
    next: 'Write the name of the tag.',
  }),
  CUSTOM_METRIC_EMPTY: refusedByServer('customMetric is empty.', {
    next: 'Write the name of the metric, or use metric.',
  }),
});

/** Nothing said means UPSERT. */
const tag: Check = function* (spot) {
  const value = spot.at('value');
  const operation = spot.at('operation').text || 'UPSERT';
  if (value.isSet && typeof value.value !== 'string') return;
  if (operation === 'UPSERT' && value.text === '') {
    yield metricRules.TAG_VALUE_MISSING.on(value, 'There is no value.');
  }
  if (operation === 'REMOVE' && value.isSet) {
    yield metricRules.TAG_VALUE_UNEXPECTED.on(value, `value is ${JSON.stringify(value.text)}.`);
  }
};

const tagNames: Check = function* (overrides) {
  for (const [name, spot] of overrides.at('tagOverrides').entries()) {
    if (name === '') yield metricRules.TAG_NAME_EMPTY.on(spot, 'The tag has no name.');
  }
};

const match: Check = function* (spot) {
  if (spot.at('customMetric').value !== '') return;
  yield metricRules.CUSTOM_METRIC_EMPTY.on(spot.at('customMetric'), 'The name is empty.');
};

export const metrics: Check = each(
  'metrics',
  providers,
  on('reportingInterval', duration),
  each('overrides', all(tagNames, eachValue('tagOverrides', tag), inside('match', match))),
);
