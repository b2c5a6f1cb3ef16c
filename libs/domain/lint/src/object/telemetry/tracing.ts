import type { Check } from '../rule.js';
import { refused, refusedByServer, rules, warned } from '../rule.js';
import { all, each, eachValue, on } from '../walk.js';
import { providers } from './providers.js';

export const tracingRules = rules({
  TRACING_SEVERAL: warned('There are several entries in tracing.', {
    consequence: 'Only the first takes effect.',
    next: 'Merge them into one.',
  }),
  TRACING_PROVIDERS_SEVERAL: warned('Tracing has several providers.', {
    consequence: 'Only the first takes effect.',
    next: 'Leave one provider.',
  }),
  SAMPLING_RANGE: refusedByServer('The share of traced requests is not in 0..100 %.', {
    next: 'Write a percentage from 0 to 100.',
  }),
  TRACE_TAG_NAME_EMPTY: refused('A tag of traces has no name.', {
    without: 'it is stored, and the tag is not set',
    next: 'Write the name of the tag.',
  }),
  TRACE_TAG_SOURCE_EMPTY: refusedByServer('A tag of traces does not say what its value is.', {
    next: 'Write literal.value, header.name or environment.name.',
  }),
});

const several: Check = function* (spec) {
  const count = spec.at('tracing').items().length;
  if (count > 1) yield tracingRules.TRACING_SEVERAL.on(spec.at('tracing'), `There are ${count}.`);
};

const oneProvider: Check = function* (tracing) {
  const list = tracing.at('providers');
  const count = list.items().length;
  if (count > 1) yield tracingRules.TRACING_PROVIDERS_SEVERAL.on(list, `There are ${count}.`);
};

const sampling: Check = function* (spot) {
  const share = spot.number ?? 0;
  if (share >= 0 && share <= 100) return;
  yield tracingRules.SAMPLING_RANGE.on(spot, `${share} % is not in 0..100 %.`);
};

const tagNames: Check = function* (tracing) {
  for (const [name, spot] of tracing.at('customTags').entries()) {
    if (name === '') yield tracingRules.TRACE_TAG_NAME_EMPTY.on(spot, 'The tag has no name.');
  }
};

const sources = [
  ['literal', 'value'],
  ['header', 'name'],
  ['environment', 'name'],
] as const;

const tag: Check = function* (spot) {
  for (const [kind, field] of sources) {
    const source = spot.at(kind);
    const value = source.at(field);
    if (!source.isObject || value.text !== '' || typeof value.value === 'number') continue;
    yield tracingRules.TRACE_TAG_SOURCE_EMPTY.on(value, `${kind}.${field} is empty.`);
  }
};

export const tracing: Check = all(
  several,
  each(
    'tracing',
    providers,
    oneProvider,
    on('randomSamplingPercentage', sampling),
    tagNames,
    eachValue('customTags', tag),
  ),
);
