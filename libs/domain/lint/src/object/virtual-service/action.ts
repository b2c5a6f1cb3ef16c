import type { Check, Remark, Rule } from '../rule.js';
import { frozenRoutes, refused, rules } from '../rule.js';
import type { Spot } from '../spot.js';
import { isDelegate } from './delegate.js';

const oneOf = {
  without: 'it is stored, and one of the two is ignored',
  next: 'Keep one of the two; use a second rule for the other.',
};

export const actionRules = rules({
  ROUTES_MISSING: refused('A VirtualService has no rules.', {
    without: 'it is stored, and does nothing',
    next: 'Add a rule to http, tls or tcp.',
  }),
  ROUTE_ACTION_MISSING: refused('An http rule has no route, redirect or directResponse.', {
    without: frozenRoutes,
    next: 'Add a route with a destination.',
  }),
  ROUTE_AND_REDIRECT: refused('An http rule has both a route and a redirect.', oneOf),
  FAULT_AND_REDIRECT: refused('An http rule has both a fault and a redirect.', oneOf),
  REWRITE_AND_REDIRECT: refused('An http rule has both a rewrite and a redirect.', oneOf),
  DIRECT_RESPONSE_AND_REDIRECT: refused(
    'An http rule has both a directResponse and a redirect.',
    oneOf,
  ),
  ROUTE_AND_DIRECT_RESPONSE: refused('An http rule has both a route and a directResponse.', oneOf),
  FAULT_AND_DIRECT_RESPONSE: refused('An http rule has both a fault and a directResponse.', oneOf),
  REWRITE_AND_DIRECT_RESPONSE: refused(
    'An http rule has both a rewrite and a directResponse.',
    oneOf,
  ),
  MIRROR_AND_MIRRORS: refused('An http rule has both mirror and mirrors.', {
    without: 'it is stored, and one of the two is ignored',
    next: 'Move the mirror into the list mirrors.',
  }),
  DELEGATE_AND_REDIRECT: refused('An http rule delegates and redirects.', oneOf),
  DELEGATE_AND_ROUTE: refused('An http rule delegates and has a route.', oneOf),
  DELEGATE_NESTED: refused('A delegate delegates in its turn.', {
    without: 'istiod ignores it, for there is one level of delegation',
    next: 'Write the route here.',
  }),
});

export const hasRoutes: Check = function* (spec) {
  if (!spec.isObject) return;
  const lists = [spec.at('http'), spec.at('tls'), spec.at('tcp')];
  if (lists.some(({ value }) => value !== undefined && value !== null && !isEmpty(value))) return;
  yield actionRules.ROUTES_MISSING.on(spec, 'There is no rule in http, tls or tcp.');
};

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

export const action: Check = function* (http, { spec }) {
  const has = (field: string): boolean => isGiven(http.at(field));
  if (has('delegate') && !isDelegate(spec)) {
    yield* together(http, 'delegate', rootConflicts);
    return;
  }
  if (has('delegate')) {
    yield actionRules.DELEGATE_NESTED.on(
      http.at('delegate'),
      'This VirtualService has no hosts, so it is a delegate itself.',
    );
  }
  if (has('redirect')) yield* together(http, 'redirect', redirectConflicts);
  else if (has('directResponse')) yield* together(http, 'directResponse', responseConflicts);
  else if (!has('route')) {
    yield actionRules.ROUTE_ACTION_MISSING.on(http, 'The rule says nothing of where to go.');
  }
  yield* together(http, 'mirrors', mirrorConflicts);
};

type Conflicts = readonly (readonly [field: string, rule: Rule])[];

const rootConflicts: Conflicts = [
  ['redirect', actionRules.DELEGATE_AND_REDIRECT],
  ['route', actionRules.DELEGATE_AND_ROUTE],
];

const redirectConflicts: Conflicts = [
  ['route', actionRules.ROUTE_AND_REDIRECT],
  ['fault', actionRules.FAULT_AND_REDIRECT],
  ['rewrite', actionRules.REWRITE_AND_REDIRECT],
  ['directResponse', actionRules.DIRECT_RESPONSE_AND_REDIRECT],
];

const responseConflicts: Conflicts = [
  ['route', actionRules.ROUTE_AND_DIRECT_RESPONSE],
  ['fault', actionRules.FAULT_AND_DIRECT_RESPONSE],
  ['rewrite', actionRules.REWRITE_AND_DIRECT_RESPONSE],
];

const mirrorConflicts: Conflicts = [['mirror', actionRules.MIRROR_AND_MIRRORS]];

function* together(http: Spot, first: string, conflicts: Conflicts): Iterable<Remark> {
  if (!isGiven(http.at(first))) return;
  for (const [field, rule] of conflicts) {
    if (isGiven(http.at(field))) yield rule.on(http.at(field), `${field} is beside ${first}.`);
  }
}

/** An empty list is none. */
const isGiven = (spot: Spot): boolean => spot.isSet && !isEmpty(spot.value);
