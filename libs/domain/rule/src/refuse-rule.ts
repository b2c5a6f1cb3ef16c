import { isVersion, refusal, type Refusal } from '@spillway/kernel';
import { isServiceName } from './choose-rule.js';
import type { Rule } from './rule.js';
import { isFixed, templateFault } from './template.js';

/** What is wrong with a rule, whatever is delivered; nothing, when some delivery could start a release by it. */
export function refuseRule({ release }: Rule): Refusal | undefined {
  return (
    faultOf('service', release.service, isServiceName, 'must be namespace/name') ??
    faultOf('version', release.version, isVersion, 'must be letters, digits and "-", at most 63')
  );
}

/** The service that every release of the rule is of, or `undefined` where the delivery says it. */
export const fixedService = ({ release }: Rule): string | undefined =>
  isFixed(release.service) ? release.service : undefined;

function faultOf(
  field: 'service' | 'version',
  template: string,
  isPossible: (text: string) => boolean,
  otherwise: string,
): Refusal | undefined {
  const fault =
    templateFault(template) ?? (isFixed(template) && !isPossible(template) ? otherwise : undefined);
  return fault === undefined
    ? undefined
    : refusal(
        'INVALID_RULE',
        `release.${field}: "${template}" ${fault}.`,
        'Correct it, and try it with "spillway rule test" before it counts.',
        `release.${field}`,
      );
}
