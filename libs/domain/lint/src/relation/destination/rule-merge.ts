import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import type { DestinationRule, Subset } from '../world/destination-rule.js';
import { isSameAudience, shareSomebody } from '../world/export-to.js';
import { isSameLabels } from '../world/labels.js';
import { nameOf, type World } from '../world/world.js';

export const ruleMergeRows = {
  RULE_EXPORT_DIFFERS: {
    severity: 'warning',
    means: 'DestinationRules of one host and namespace are exported to different namespaces.',
    consequence:
      'They are not merged: a client that sees both takes one and lacks the subsets of the other.',
    next: 'Give all of them the same exportTo.',
  },
  SUBSET_DEFINED_TWICE: {
    severity: 'error',
    means: 'DestinationRules of one host define a subset of the same name with other labels.',
    consequence:
      'The definition of the oldest rule counts, so the name may mean another version than it says.',
    next: 'Rename one of the subsets, or give both the same labels.',
  },
  POLICY_IGNORED: {
    severity: 'warning',
    means: 'Several DestinationRules of one host and namespace have a traffic policy.',
    consequence: 'The policy of the oldest rule is in force and the others are ignored.',
    next: 'Keep the policy in one of them.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(ruleMergeRows);

/** DestinationRules of one host in one namespace, which Istio merges as far as it can (istio §3.5). */
export const checkRuleMerges = ({ destinationRules }: World): readonly Finding[] =>
  destinationRules
    .filter(({ isForSomeClients, host }) => !isForSomeClients && host !== '')
    .flatMap((rule) =>
      destinationRules
        .filter((other) => other !== rule && isSibling(rule, other))
        .flatMap((other) => compare(rule, other)),
    );

const isSibling = (rule: DestinationRule, other: DestinationRule): boolean =>
  !other.isForSomeClients &&
  other.host === rule.host &&
  other.namespace === rule.namespace &&
  shareSomebody(rule.audience, other.audience);

function compare(rule: DestinationRule, other: DestinationRule): readonly Finding[] {
  const { object, spec, host } = rule;
  const name = nameOf(other.object);
  if (!isSameAudience(rule.audience, other.audience)) {
    const message = `${name} is for ${host} too and is exported to other namespaces.`;
    return [found('RULE_EXPORT_DIFFERS', { object, path: spec.at('exportTo').path, message })];
  }
  const subsets = rule.subsets
    .filter((subset) => other.subsets.some((theirs) => isOther(subset, theirs)))
    .map((subset) => {
      const message = `${name} defines ${subset.name} of ${host} with other labels.`;
      return found('SUBSET_DEFINED_TWICE', { object, path: subset.spot.path, message });
    });
  if (!rule.hasPolicy || !other.hasPolicy) return subsets;
  const message = `${name} has a traffic policy for ${host} too.`;
  const { path } = spec.at('trafficPolicy');
  return [...subsets, found('POLICY_IGNORED', { object, path, message })];
}

const isOther = (a: Subset, b: Subset): boolean =>
  a.name === b.name && !isSameLabels(a.labels, b.labels);
