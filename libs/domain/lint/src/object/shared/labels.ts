import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { isLabelValue, labelKeyFault } from '../syntax/labels.js';

const selectsNothing = 'it is stored, and no workload can ever carry such a label';

export const labelRules = rules({
  LABEL_KEY_INVALID: refused('A label has a key that Kubernetes does not allow.', {
    without: selectsNothing,
    next: 'Use letters, digits, -, _ and ., with an optional DNS prefix and a slash.',
  }),
  LABEL_VALUE_INVALID: refused('A label has a value that Kubernetes does not allow.', {
    without: selectsNothing,
    next: 'Use letters, digits, -, _ and ., with a letter or digit at both ends.',
  }),
});

/** A map of labels that has to fit what Kubernetes allows. */
export const labels: Check = function* (spot) {
  for (const [key, value] of spot.entries()) {
    const fault = labelKeyFault(key);
    if (fault !== undefined) {
      yield labelRules.LABEL_KEY_INVALID.on(value, `Label key ${JSON.stringify(key)}: ${fault}.`);
    }
    if (!isLabelValue(value.text)) {
      yield labelRules.LABEL_VALUE_INVALID.on(
        value,
        `Label ${key} has the value ${JSON.stringify(value.text)}.`,
      );
    }
  }
};
