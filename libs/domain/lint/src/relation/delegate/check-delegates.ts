import { finder } from '../../catalogue.js';
import type { Finding } from '../../finding.js';
import type { Meaning } from '../../object/rule.js';
import type { Spot } from '../../object/spot.js';
import { isSeenBy } from '../world/export-to.js';
import { nameOf, type World } from '../world/world.js';
import type { VirtualService } from '../world/virtual-service.js';
import { conflict } from './merge.js';

const lost = 'The rule of the root is skipped: its requests go to later rules, or get 404.';

export const delegateRows = {
  DELEGATE_NOT_FOUND: {
    severity: 'error',
    means: 'A rule delegates to a VirtualService that does not exist.',
    consequence: lost,
    next: 'Correct name and namespace, or create the delegate before the root.',
  },
  DELEGATE_NOT_EXPORTED: {
    severity: 'error',
    means:
      'A rule delegates to a VirtualService that is not exported to the namespace of the root.',
    consequence: lost,
    next: 'Add the namespace of the root to exportTo of the delegate.',
  },
  DELEGATE_HAS_HOSTS: {
    severity: 'error',
    means: 'A rule delegates to a VirtualService that has hosts of its own.',
    consequence: lost,
    next: 'Remove the hosts from the delegate.',
  },
  DELEGATE_RULE_DROPPED: {
    severity: 'error',
    means: 'A match of a delegate’s rule can be combined with no match of the root’s rule.',
    consequence: 'The whole rule of the delegate is dropped, and only istiod’s log says so.',
    next: 'Match in the delegate only what is within the root’s match, and repeat no key with another value.',
  },
  DELEGATE_UNUSED: {
    severity: 'info',
    means: 'A VirtualService has no hosts, and no rule delegates to it.',
    consequence: 'It is in force nowhere.',
    next: 'Delegate to it from a VirtualService with hosts, or remove it.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const found = finder(delegateRows);

interface Delegation {
  readonly root: VirtualService;
  readonly rule: Spot;
  readonly name: string;
}

/** Delegates, which neither istiod's webhook nor `istioctl analyze` looks at. */
export function checkDelegates({ virtualServices }: World): readonly Finding[] {
  const delegations = virtualServices
    .filter(({ hosts }) => hosts.length > 0)
    .flatMap(delegationsOf);
  const used = new Set(delegations.map(({ name }) => name));
  const unused = virtualServices.filter(
    ({ object, hosts }) => hosts.length === 0 && !used.has(nameOf(object)),
  );
  return [
    ...delegations.flatMap((one) => checkDelegation(one, virtualServices)),
    ...unused.map(({ object }) =>
      found('DELEGATE_UNUSED', { object, path: '', message: 'No rule delegates to it.' }),
    ),
  ];
}

const delegationsOf = (root: VirtualService): readonly Delegation[] =>
  root.spec
    .at('http')
    .items()
    .filter((rule) => rule.at('delegate').at('name').text !== '')
    .map((rule) => {
      const delegate = rule.at('delegate');
      const namespace = delegate.at('namespace').text || root.namespace;
      return { root, rule, name: `${namespace}/${delegate.at('name').text}` };
    });

function checkDelegation(
  { root, rule, name }: Delegation,
  all: readonly VirtualService[],
): readonly Finding[] {
  const { object } = root;
  const path = rule.at('delegate').path;
  const leaf = all.find((candidate) => nameOf(candidate.object) === name);
  if (leaf === undefined) {
    return [
      found('DELEGATE_NOT_FOUND', { object, path, message: `There is no VirtualService ${name}.` }),
    ];
  }
  if (leaf.hosts.length > 0) {
    const hosts = leaf.hosts.map(({ host }) => host).join(', ');
    return [
      found('DELEGATE_HAS_HOSTS', { object, path, message: `${name} has the hosts ${hosts}.` }),
    ];
  }
  if (!isSeenBy(leaf.audience, root.namespace)) {
    const message = `${name} is not exported to the namespace ${root.namespace}.`;
    return [found('DELEGATE_NOT_EXPORTED', { object, path, message })];
  }
  return dropped(root, rule, leaf);
}

/** Rules of the delegate of which a match fits none of the root's. */
function dropped(root: VirtualService, rule: Spot, leaf: VirtualService): readonly Finding[] {
  const rootMatches = rule.at('match').items();
  if (rootMatches.length === 0) return [];
  return leaf.spec
    .at('http')
    .items()
    .flatMap((own) => {
      const misfit = own
        .at('match')
        .items()
        .find((match) => rootMatches.every((outer) => conflict(outer, match) !== undefined));
      if (misfit === undefined) return [];
      const fields = new Set(rootMatches.map((outer) => conflict(outer, misfit)));
      return [
        found('DELEGATE_RULE_DROPPED', {
          object: leaf.object,
          path: misfit.path,
          message: `${[...fields].join(', ')} cannot be combined with ${rule.path} of ${nameOf(root.object)}.`,
        }),
      ];
    });
}
