import type { Check } from '../rule.js';
import { refused, rules, silent } from '../rule.js';
import { labels } from '../shared/labels.js';
import { subsetName } from '../shared/subset-name.js';
import { all, each, inside, on } from '../walk.js';
import { trafficPolicy } from './traffic-policy.js';

export const subsetRules = rules({
  SUBSET_DUPLICATE: refused('Two subsets have the same name.', {
    without: 'it is stored, and the labels of the first one hold',
    next: 'Rename or remove one of them.',
  }),
  SUBSET_NAME_EMPTY: refused('A subset has no name.', {
    without: 'it is stored, and no route can ask for it',
    next: 'Add a name, such as v1.',
  }),
  SUBSET_WITHOUT_LABELS: silent('A subset has no labels.', {
    consequence: 'It selects every endpoint of the host, so traffic to it reaches every version.',
    next: 'Add the labels of the version, unless the subset is there for its policy only.',
  }),
});

const named: Check = function* (subset) {
  const name = subset.at('name');
  if (name.text !== '' || (name.isSet && typeof name.value !== 'string')) return;
  yield subsetRules.SUBSET_NAME_EMPTY.on(name, 'The subset has no name.');
};

const labelled: Check = function* (subset) {
  const spot = subset.at('labels');
  if (spot.entries().length > 0 || (spot.isSet && !spot.isObject)) return;
  yield subsetRules.SUBSET_WITHOUT_LABELS.on(
    spot,
    `Subset ${subset.at('name').text} has no labels.`,
  );
};

const unique: Check = function* (spec) {
  const names = spec
    .at('subsets')
    .items()
    .map((subset) => subset.at('name'))
    .filter(({ text }) => text !== '');
  for (const [index, name] of names.entries()) {
    if (!names.slice(0, index).some(({ text }) => text === name.text)) continue;
    yield subsetRules.SUBSET_DUPLICATE.on(name, `Subset ${name.text} is there already.`);
  }
};

export const subsets: Check = all(
  unique,
  each(
    'subsets',
    named,
    on('name', subsetName),
    on('labels', labels),
    labelled,
    inside('trafficPolicy', trafficPolicy),
  ),
);
