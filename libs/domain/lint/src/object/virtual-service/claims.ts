import type { Check, Remark } from '../rule.js';
import { refused, rules } from '../rule.js';
import type { Spot } from '../spot.js';
import { isForGateways } from './gateways.js';

export const claimRules = rules({
  JWT_CLAIM_IN_MESH: refused('A match on a claim of a token is read by sidecars.', {
    without: 'it is stored, and no request ever fits it, for only gateways know claims',
    next: 'Bind the VirtualService to gateways only, without mesh.',
  }),
});

const claim = /^@request\.auth\.claims(?:\.|\[.*\]$)/i;

/** Whether the name stands for a claim of a token instead of a header. */
export const isClaim = (header: string): boolean => claim.test(header);

export const claims: Check = function* (spec) {
  const gateways = spec.at('gateways').items();
  if (gateways.length > 0 && isForGateways(spec)) return;
  const matches = spec
    .at('http')
    .items()
    .flatMap((route) => route.at('match').items());
  for (const match of matches) {
    yield* within(match.at('headers'));
    yield* within(match.at('withoutHeaders'));
  }
};

function* within(headers: Spot): Iterable<Remark> {
  for (const [name, value] of headers.entries()) {
    if (isClaim(name)) yield claimRules.JWT_CLAIM_IN_MESH.on(value, `${name} is a claim.`);
  }
}
