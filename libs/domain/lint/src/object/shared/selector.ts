import type { Check, Remark } from '../rule.js';
import { refusedByServer, rules, warned } from '../rule.js';
import type { Spot } from '../spot.js';

export const selectorRules = rules({
  SELECTOR_KEY_EMPTY: refusedByServer('A selector has a label with an empty key.', {
    next: 'Write the key of the label, or remove it.',
  }),
  SELECTOR_WILDCARD: refusedByServer('A selector has a wildcard.', {
    next: 'Write the label and its value in full; there are no patterns in selectors.',
  }),
  SELECTOR_WITHOUT_LABELS: warned('A selector has no labels.', {
    consequence: 'It selects every workload of the namespace.',
    next: 'Add labels, or remove the selector to say that all workloads are meant.',
  }),
});

/** `field`: where the labels are; newer kinds say matchLabels. */
export const selector = (field: 'labels' | 'matchLabels'): Check =>
  function* (spot) {
    const entries = spot.at(field).entries();
    for (const [key, value] of entries) yield* entry(key, value);
    if (entries.length === 0) {
      yield selectorRules.SELECTOR_WITHOUT_LABELS.on(spot, 'The selector has no labels.');
    }
  };

function* entry(key: string, value: Spot): Iterable<Remark> {
  if (key === '') {
    yield selectorRules.SELECTOR_KEY_EMPTY.on(value, `A label ="${value.text}" has no key.`);
  }
  if (key.includes('*') || value.text.includes('*')) {
    yield selectorRules.SELECTOR_WILDCARD.on(value, `Label ${key}=${value.text} has a wildcard.`);
  }
}
