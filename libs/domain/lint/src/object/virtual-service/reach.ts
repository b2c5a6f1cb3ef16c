import type { Check, Remark } from '../rule.js';
import { rules, silent, warned } from '../rule.js';
import type { Spot } from '../spot.js';
import { canonical } from './canonical.js';
import { isCatchAll } from './catch-all.js';
import { coverage, covers } from './coverage.js';
import type { Coverage } from './coverage.js';

const unreachable = {
  istio: 'IST0130',
  consequence: 'No request ever gets to the rule.',
};

const ineffective = {
  istio: 'IST0131',
  consequence: 'No request ever gets to the rule by this match.',
};

export const reachRules = rules({
  RULE_SECOND_CATCH_ALL: warned('A second rule has no matches.', {
    ...unreachable,
    next: 'Remove the rule, or give it a match and move it up.',
  }),
  RULE_AFTER_CATCH_ALL: warned('A rule follows one that has no matches.', {
    ...unreachable,
    next: 'Move the rule above the one that has no matches.',
  }),
  RULE_AFTER_MATCH_OF_ALL: silent('A rule follows one whose match fits every request.', {
    ...unreachable,
    next: 'Move the rule above the one that fits everything.',
  }),
  RULE_MATCHES_USED: warned('Earlier rules have all the matches of a rule.', {
    ...unreachable,
    next: 'Remove the rule, or change its matches.',
  }),
  MATCH_DUPLICATE: warned('A match is the same as one of an earlier rule.', {
    ...ineffective,
    next: 'Remove the match.',
  }),
  MATCH_COVERED: warned('A prefix is covered by one of an earlier rule.', {
    ...ineffective,
    next: 'Move the longer prefix up.',
  }),
});

interface Route {
  readonly spot: Spot;
  readonly label: string;
  readonly matches: readonly Spot[];
}

/** As istiod calls a rule in its warnings: by its name, or by its place. */
function labelOf(spot: Spot, index: number): string {
  const name = spot.at('name').text;
  return name === '' ? `#${index}` : JSON.stringify(name);
}

const routesOf = (list: Spot): readonly Route[] =>
  list
    .items()
    .map((spot, index) => ({
      spot,
      label: labelOf(spot, index),
      matches: spot
        .at('match')
        .items()
        .filter(({ isObject }) => isObject),
    }))
    .filter(({ spot }) => spot.isObject);

/** Rules and matches that no request gets to, as far as one list of rules tells. */
export const reach =
  (field: 'http' | 'tls' | 'tcp'): Check =>
  (spec) => {
    const routes = routesOf(spec.at(field));
    const order = [...afterCatchAll(routes), ...duplicates(routes)];
    return field === 'http' ? [...order, ...afterMatchOfAll(routes), ...covered(routes)] : order;
  };

function* afterCatchAll(routes: readonly Route[]): Iterable<Remark> {
  const first = routes.findIndex(({ matches }) => matches.length === 0);
  const catchAll = routes[first];
  if (catchAll === undefined) return;
  for (const { spot, label, matches } of routes.slice(first + 1)) {
    const message = `Rule ${label} is not used: rule ${catchAll.label} takes every request.`;
    const rule =
      matches.length === 0 ? reachRules.RULE_SECOND_CATCH_ALL : reachRules.RULE_AFTER_CATCH_ALL;
    yield rule.on(spot, message);
  }
}

/** istiod sends nothing on after a route for every path; it does not warn of that. */
function* afterMatchOfAll(routes: readonly Route[]): Iterable<Remark> {
  const first = routes.findIndex(({ matches }) => matches.some(isCatchAll));
  const bare = routes.findIndex(({ matches }) => matches.length === 0);
  const taker = routes[first];
  if (taker === undefined || (bare >= 0 && bare < first)) return;
  for (const { spot, label } of routes.slice(first + 1)) {
    yield reachRules.RULE_AFTER_MATCH_OF_ALL.on(
      spot,
      `Rule ${label} is not used: a match of rule ${taker.label} fits every request.`,
    );
  }
}

function* duplicates(routes: readonly Route[]): Iterable<Remark> {
  const seen = new Map<string, string>();
  for (const { spot, label, matches } of routes) {
    let used = 0;
    for (const match of matches) {
      const key = canonical(match);
      const earlier = seen.get(key);
      if (earlier === undefined) seen.set(key, label);
      else {
        used++;
        yield reachRules.MATCH_DUPLICATE.on(match, `The match is in rule ${earlier} already.`);
      }
    }
    if (used > 0 && used === matches.length) {
      yield reachRules.RULE_MATCHES_USED.on(
        spot,
        `Rule ${label} is not used: earlier rules have all its matches.`,
      );
    }
  }
}

function* covered(routes: readonly Route[]): Iterable<Remark> {
  const earlier: (Coverage & { readonly label: string })[] = [];
  for (const { label, matches } of routes) {
    for (const match of matches) {
      const prefix = coverage(match);
      if (prefix === undefined) continue;
      const cover = earlier.find((each) => covers(each, prefix));
      if (cover !== undefined) {
        yield reachRules.MATCH_COVERED.on(
          match,
          `Prefix ${prefix.prefix} is covered by prefix ${cover.prefix} of rule ${cover.label}.`,
        );
      }
      earlier.push({ ...prefix, label });
    }
  }
}
