import { called } from '../adopt/adopted-section.js';
import { asksForCaller, asksForGateway, combineMatch } from '../adopt/combine-match.js';
import { delegateConflict } from './delegate-conflict.js';
import { gatewayKey, mesh } from '../gateway-name.js';
import type { LiveObject } from '../istio-object.js';
import { fieldsOf, isSameJson, listOf, textsOf, type Fields } from '../spec-fields.js';
import type { ObjectPlace } from '../traffic.js';

/** A VirtualService that others hand requests to. */
export interface Delegate {
  readonly place: ObjectPlace;
  /** Its routes that have to be in force. */
  readonly routes: readonly Fields[];
  /** Of the live object. Absent: everybody sees it. */
  readonly exportTo?: unknown;
}

/**
 * Why requests would not be routed by the delegate as it says, though the roots
 * hand them over; in a sentence. istiod leaves out what does not fit and says so in
 * its log only, and no other check knows of it (istio §3.4).
 */
export function delegateProblem(
  delegate: Delegate,
  roots: readonly LiveObject[],
): string | undefined {
  const rules = roots.flatMap((root) => handingOver(root, delegate.place));
  return (
    firstOf(rules, (rule) => rootProblem(rule, delegate)) ??
    firstOf(rules, (rule) => firstOf(delegate.routes, (route) => dropped(rule, route))) ??
    firstOf(delegate.routes, (route) => unreached(rules, route))
  );
}

function firstOf<T>(
  all: readonly T[],
  problem: (one: T) => string | undefined,
): string | undefined {
  for (const one of all) {
    const because = problem(one);
    if (because !== undefined) return because;
  }
  return undefined;
}

/** A rule of a root that names the delegate. */
interface Rule {
  readonly root: LiveObject;
  readonly fields: Fields;
  readonly blocks: readonly Fields[];
}

function handingOver(root: LiveObject, { namespace, name }: ObjectPlace): readonly Rule[] {
  const own = root.metadata.namespace;
  return listOf(fieldsOf(root.spec)['http'])
    .map(fieldsOf)
    .filter((rule) => {
      const to = fieldsOf(rule['delegate']);
      return to['name'] === name && (to['namespace'] ?? own) === namespace;
    })
    .map((fields) => ({ root, fields, blocks: blocksOf(fields, own) }));
}

/** With gateways written in one way. */
const blocksOf = (route: Fields, namespace: string): readonly Fields[] =>
  listOf(route['match'])
    .map(fieldsOf)
    .map((block) =>
      asksForGateway(block)
        ? {
            ...block,
            gateways: textsOf(block['gateways']).map((one) => gatewayKey(one, namespace)),
          }
        : block,
    );

const placeOf = ({ metadata: { namespace, name } }: LiveObject): string => `${namespace}/${name}`;

const inRule = ({ root, fields }: Rule): string => `${called(fields)} of ${placeOf(root)}`;

function rootProblem(rule: Rule, { place, exportTo }: Delegate): string | undefined {
  const { root, fields } = rule;
  const delegate = `${place.namespace}/${place.name}`;
  if (listOf(fieldsOf(root.spec)['hosts']).length === 0) {
    return `${placeOf(root)} hands requests to ${delegate} and has no host itself: Istio goes from one to another once only`;
  }
  if (fields['route'] !== undefined || fields['redirect'] !== undefined) {
    return `${inRule(rule)} has a delegate and something else to do: Istio refuses that`;
  }
  const seenBy = textsOf(exportTo);
  const to = root.metadata.namespace;
  const isSeen =
    seenBy.length === 0 ||
    seenBy.includes('*') ||
    seenBy.includes(to) ||
    (seenBy.includes('.') && to === place.namespace);
  return isSeen
    ? undefined
    : `${placeOf(root)} cannot see ${delegate}, which is not exported to ${to}`;
}

/** Why istiod leaves out a route, or a part of it, that means requests of this rule. */
function dropped(rule: Rule, route: Fields): string | undefined {
  const leaves = blocksOf(route, rule.root.metadata.namespace);
  const above = rule.blocks.length === 0 ? [undefined] : rule.blocks;
  const pairs = leaves.map((leaf) => above.map((root) => pairOf(root, leaf, rule)));
  const isMeant = pairs.flat().some(({ meets }) => meets);
  if (!isMeant) return undefined;
  const isLost = (pair: Pair) => pair.conflict !== undefined && pair.meets;
  const lost =
    pairs.flat().find(isLost) ??
    // One block that fits nowhere takes the whole route with it.
    pairs.find((all) => all.every(({ conflict }) => conflict !== undefined))?.[0];
  if (lost !== undefined) {
    return `istiod leaves out ${called(route)} for ${inRule(rule)}: ${lost.conflict} does not fit`;
  }
  const hiding = pairs.flat().find(({ because, meets }) => meets && because !== undefined);
  return hiding && `${called(route)} under ${inRule(rule)} ${hiding.because}`;
}

interface Pair {
  /** Whether there are requests that both mean, as far as can be told. */
  readonly meets: boolean;
  readonly conflict: string | undefined;
  /** What is wrong with the two put together. */
  readonly because: string | undefined;
}

/** A rule without a match takes the delegate's as it is. */
function pairOf(
  root: Fields | undefined,
  leaf: Fields,
  { fields, root: { metadata } }: Rule,
): Pair {
  const above = root ?? {};
  return {
    meets: combineMatch(above, leaf, metadata.namespace) !== 'apart',
    conflict: root && delegateConflict(root, leaf),
    because: hidden(above, leaf) ?? rewritten(fields, above, leaf),
  };
}

const hidden = (root: Fields, leaf: Fields): string | undefined =>
  (asksForGateway(root) && asksForCaller(leaf)) || (asksForCaller(root) && asksForGateway(leaf))
    ? 'would be for every caller: beside gateways Istio ignores what a match asks of the caller'
    : undefined;

/** `rewrite.uri` replaces the part of the path that matched, and the delegate's match counts. */
const rewritten = ({ rewrite }: Fields, root: Fields, leaf: Fields): string | undefined =>
  fieldsOf(rewrite)['uri'] !== undefined &&
  leaf['uri'] !== undefined &&
  !isSameJson(leaf['uri'], root['uri'])
    ? 'would rewrite another part of the path than the root means'
    : undefined;

/** A route that no rule hands a request to. */
function unreached(rules: readonly Rule[], route: Fields): string | undefined {
  const isReached = rules.some(({ root, blocks }) => {
    const { namespace } = root.metadata;
    const leaves = blocksOf(route, namespace);
    const [above, below] = [blocks, leaves].map((all) => (all.length === 0 ? [{}] : all));
    return (above ?? []).some((one) =>
      (below ?? []).some((two) => {
        const both = combineMatch(one, two, namespace);
        return both !== 'apart' && (both === 'unclear' || isAt(root, both.match));
      }),
    );
  });
  return isReached || rules.length === 0
    ? undefined
    : `no VirtualService hands over requests of ${called(route)}`;
}

/** Whether the root is at one of the gateways that the block asks for. */
function isAt({ spec, metadata: { namespace } }: LiveObject, block: Fields): boolean {
  const wanted = textsOf(block['gateways']);
  const gateways = textsOf(fieldsOf(spec)['gateways']).map((one) => gatewayKey(one, namespace));
  const all = gateways.length === 0 ? [mesh] : gateways;
  return wanted.length === 0 || wanted.some((gateway) => all.includes(gateway));
}
