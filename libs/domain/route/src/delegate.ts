import { conflict } from './delegate-conflict.js';
import { label, sameName } from './mesh.js';
import type { Mesh, ObjectName } from './mesh.js';
import type { HttpMatch } from './read/http-match.js';
import type { HttpRule } from './read/http-rule.js';
import { defined } from './read/value.js';
import { readVirtualServices } from './read/virtual-service.js';
import type { VirtualService } from './read/virtual-service.js';
import { isVisible } from './visibility.js';

/** A root's rule, or one rule of a delegate, that no proxy ever gets. Istio only logs it. */
export interface DelegateProblem {
  readonly kind: 'notFound' | 'notExported' | 'conflict';
  readonly root: ObjectName;
  readonly ruleIndex: number;
  readonly delegate: ObjectName;
  /** The rule of the delegate that is dropped; all of them when left out. */
  readonly delegateRuleIndex?: number;
  readonly because: string;
}

export interface MergedDelegates {
  /** Those with hosts, each rule that delegates replaced by the delegate's rules; oldest first. */
  readonly virtualServices: readonly VirtualService[];
  readonly problems: readonly DelegateProblem[];
}

/** Puts delegates in place of the rules that name them, as Istio does before it routes (istio §3.4). */
export const mergeDelegates = (mesh: Pick<Mesh, 'objects' | 'domain'>): MergedDelegates =>
  mergeRoots(readVirtualServices(mesh));

export function mergeRoots(all: readonly VirtualService[]): MergedDelegates {
  const delegates = all.filter(({ hosts }) => hosts.length === 0);
  const problems: DelegateProblem[] = [];
  const virtualServices = all
    .filter(({ hosts }) => hosts.length > 0)
    .map((root) => ({
      ...root,
      http: root.http.flatMap((rule) => {
        const merged = mergeRule(root, rule, delegates);
        problems.push(...merged.problems);
        return merged.rules;
      }),
    }));
  return { virtualServices, problems };
}

interface MergedRule {
  readonly rules: readonly HttpRule[];
  readonly problems: readonly DelegateProblem[];
}

function mergeRule(
  root: VirtualService,
  rule: HttpRule,
  delegates: readonly VirtualService[],
): MergedRule {
  const { delegate: name, index: ruleIndex } = rule;
  if (name === undefined) return { rules: [rule], problems: [] };
  const where = { root: nameOf(root), ruleIndex, delegate: name };
  const gone = (kind: DelegateProblem['kind'], because: string): MergedRule => ({
    rules: [],
    problems: [{ ...where, kind, because }],
  });
  const delegate = delegates.find((candidate) => sameName(candidate, name));
  if (delegate === undefined) {
    return gone('notFound', `no VirtualService ${label(name)} without hosts exists`);
  }
  if (!isVisible(delegate.exportTo, delegate.namespace, root.namespace)) {
    return gone('notExported', `${label(name)} is not exported to ${root.namespace}`);
  }
  const merged = delegate.http.map((leaf) => mergeRules(rule, leaf, delegate));
  return {
    rules: merged.flatMap((result) => (typeof result === 'string' ? [] : [result])),
    problems: merged.flatMap((result, delegateRuleIndex) =>
      typeof result === 'string'
        ? [{ ...where, kind: 'conflict' as const, delegateRuleIndex, because: result }]
        : [],
    ),
  };
}

const nameOf = ({ namespace, name }: ObjectName): ObjectName => ({ namespace, name });

/** The merged rule, or why the delegate's rule is dropped. Nothing is merged deeper than a field. */
function mergeRules(root: HttpRule, leaf: HttpRule, from: ObjectName): HttpRule | string {
  const match = mergeMatches(root.match, leaf.match);
  if (typeof match === 'string') return match;
  const { match: _ours, route: _none, delegate: _named, redirect: _never, ...inherited } = root;
  return defined<HttpRule>({
    ...inherited,
    ...leaf,
    name: joined(root.name, leaf.name),
    index: root.index,
    delegated: { ...nameOf(from), ruleIndex: leaf.index },
    match,
  });
}

const joined = (root: string, leaf: string): string =>
  [root, leaf].filter((name) => name !== '').join('-');

function mergeMatches(
  root: readonly HttpMatch[],
  leaf: readonly HttpMatch[],
): readonly HttpMatch[] | string {
  if (root.length === 0) return leaf;
  if (leaf.length === 0) return root;
  const merged: HttpMatch[] = [];
  for (const [index, block] of leaf.entries()) {
    const fitting = root.filter((above) => conflict(above, block) === undefined);
    if (fitting.length === 0) {
      const reasons = root.map((above) => conflict(above, block)).join('; ');
      return `match ${index} fits no match of the root (${reasons})`;
    }
    merged.push(...fitting.map((above) => mergeBlocks(above, block)));
  }
  return merged;
}

const mergeBlocks = (root: HttpMatch, leaf: HttpMatch): HttpMatch => ({
  ...root,
  ...leaf,
  name: joined(root.name, leaf.name),
  headers: { ...root.headers, ...leaf.headers },
  withoutHeaders: { ...root.withoutHeaders, ...leaf.withoutHeaders },
  queryParams: { ...root.queryParams, ...leaf.queryParams },
  client: {
    ...root.client,
    ...leaf.client,
    gateways: leaf.client.gateways.length > 0 ? leaf.client.gateways : root.client.gateways,
    sourceLabels: { ...root.client.sourceLabels, ...leaf.client.sourceLabels },
  },
});
