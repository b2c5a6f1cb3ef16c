import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import type { DestinationRule } from '../world/destination-rule.js';
import { isSeenBy } from '../world/export-to.js';
import { covers } from '../world/host.js';
import { nameOf, type World } from '../world/world.js';

const noInheritance = 'nothing is inherited, so';

export const shadowedRuleRows = {
  RULE_SHADOWED: {
    severity: 'warning',
    means:
      'A DestinationRule of a service is hidden from the clients of a namespace by one of their own.',
    consequence: `For those clients ${noInheritance} its subsets do not exist: routes to them get 503.`,
    next: 'Remove the rule of the clients, or repeat the subsets and the policy in it.',
  },
  WILDCARD_RULE_HIDDEN: {
    severity: 'info',
    means: 'A DestinationRule with a wildcard is hidden for a host by a more specific one.',
    consequence: `For that host ${noInheritance} its traffic policy is not in force.`,
    next: 'Repeat the policy in the more specific rule if it is meant for that host too.',
  },
  ROOT_RULE_HIDDEN: {
    severity: 'warning',
    means: 'A DestinationRule of the root namespace is hidden for a host by one of a namespace.',
    consequence: `For that host ${noInheritance} the mesh’s traffic policy, mutual TLS included, is not in force.`,
    next: 'Repeat the policy of the root namespace in the other rule.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(shadowedRuleRows);

/**
 * A proxy takes one rule for a host: of its own namespace, else of the service's,
 * else of the root namespace; in each the most specific (istio §3.5).
 */
export const checkShadowedRules = (world: World): readonly Finding[] =>
  world.destinationRules
    .filter((rule) => !rule.isForSomeClients)
    .flatMap((rule) => {
      const rivals = world.destinationRules.filter(
        (other) => other !== rule && !other.isForSomeClients && other.host !== '',
      );
      return checkRule(world, rule, rivals);
    });

function checkRule(
  world: World,
  rule: DestinationRule,
  rivals: readonly DestinationRule[],
): readonly Finding[] {
  const { object, namespace } = rule;
  const { path } = rule.spec.at('host');
  const about = (rival: DestinationRule): string =>
    `${nameOf(rival.object)} is for ${rival.host} and hides it`;
  if (namespace === world.rootNamespace) {
    return rivals
      .filter(
        (rival) => rule.hasPolicy && rival.namespace !== namespace && covers(rule.host, rival.host),
      )
      .map((rival) => found('ROOT_RULE_HIDDEN', { object, path, message: `${about(rival)}.` }));
  }
  return [
    ...rivals
      .filter((rival) => shadows(world, rival, rule))
      .map((rival) => {
        const message = `${about(rival)} from the clients in ${rival.namespace}.`;
        return found('RULE_SHADOWED', { object, path, message });
      }),
    ...rivals
      .filter((rival) => rule.hasPolicy && rival.namespace === namespace && isNarrower(rival, rule))
      .map((rival) => found('WILDCARD_RULE_HIDDEN', { object, path, message: `${about(rival)}.` })),
  ];
}

const isNarrower = (rival: DestinationRule, rule: DestinationRule): boolean =>
  rival.host !== rule.host && covers(rule.host, rival.host);

/** The rule is the service's, and the rival is of a namespace that would see it. */
const shadows = (world: World, rival: DestinationRule, rule: DestinationRule): boolean =>
  rival.namespace !== rule.namespace &&
  rival.namespace !== world.rootNamespace &&
  covers(rival.host, rule.host) &&
  isSeenBy(rule.audience, rival.namespace) &&
  homeOf(world, rule) === rule.namespace;

/** The namespace of the service that a rule is for; the rule's own if nobody knows the service. */
function homeOf({ registry, domain }: World, { host, namespace }: DestinationRule): string {
  const [, ofName, svc, ...rest] = host.split('.');
  if (svc === 'svc' && rest.join('.') === domain && ofName !== undefined) return ofName;
  return registry.all(host)[0]?.namespace ?? namespace;
}
