import type { Check, Rule } from '../rule.js';
import { refused, rules, warned } from '../rule.js';
import { all, each, inside, on } from '../walk.js';
import { destination } from './destination.js';

const range = { next: 'Write a percentage from 0 to 100; without one everything is mirrored.' };

export const mirrorRules = rules({
  MIRROR_PERCENT_RANGE: refused('mirrorPercent is above 100.', range),
  MIRROR_PERCENT_DEPRECATED: warned('mirrorPercent is deprecated.', {
    consequence: 'It still works, in whole percents.',
    next: 'Write mirrorPercentage.value, or a list of mirrors.',
  }),
  MIRROR_PERCENTAGE_TOO_HIGH: refused('A share of mirrored requests is above 100 %.', range),
  MIRROR_PERCENTAGE_NEGATIVE: refused('A share of mirrored requests is below 0 %.', range),
  MIRROR_DESTINATION_MISSING: refused('A mirror has no destination.', {
    without: 'the API server refuses it too, for the field is required',
    next: 'Add destination.host.',
  }),
});

const percent: Check = function* (spot) {
  const value = spot.number;
  if (value !== undefined && value > 100) {
    yield mirrorRules.MIRROR_PERCENT_RANGE.on(spot, `${value} is above 100.`);
  }
  yield mirrorRules.MIRROR_PERCENT_DEPRECATED.on(spot, 'mirrorPercent is set.');
};

const percentage: Check = function* (spot) {
  const value = spot.at('value').number ?? 0;
  const rule: Rule | undefined =
    value > 100
      ? mirrorRules.MIRROR_PERCENTAGE_TOO_HIGH
      : value < 0
        ? mirrorRules.MIRROR_PERCENTAGE_NEGATIVE
        : undefined;
  if (rule !== undefined) yield rule.on(spot.at('value'), `${value} % is not in 0..100 %.`);
};

const target: Check = function* (mirror) {
  if (mirror.at('destination').isSet) return;
  yield mirrorRules.MIRROR_DESTINATION_MISSING.on(
    mirror.at('destination'),
    'The mirror has no destination.',
  );
};

/** Both spellings of mirrorPercent are in the resource definition. */
export const mirrors: Check = all(
  on('mirrorPercent', percent),
  on('mirror_percent', percent),
  inside('mirrorPercentage', percentage),
  inside('mirror', destination),
  each('mirrors', target, inside('destination', destination), inside('percentage', percentage)),
);
