import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import type { Spot } from '../spot.js';

const wording = {
  without: 'istiod ignores it, for only the http rules of a delegate are merged into its root',
  next: 'Remove it from the delegate; it belongs to the VirtualService that delegates.',
};

export const delegateRules = rules({
  DELEGATE_HAS_GATEWAYS: refused('A VirtualService without hosts names gateways.', wording),
  DELEGATE_HAS_TLS: refused('A VirtualService without hosts has tls rules.', wording),
  DELEGATE_HAS_TCP: refused('A VirtualService without hosts has tcp rules.', wording),
});

/** Without hosts, it is there for others to delegate to. */
export function isDelegate(spec: Spot): boolean {
  const hosts = spec.at('hosts');
  return !hosts.isSet || (Array.isArray(hosts.value) && hosts.value.length === 0);
}

const foreign = [
  ['gateways', delegateRules.DELEGATE_HAS_GATEWAYS],
  ['tls', delegateRules.DELEGATE_HAS_TLS],
  ['tcp', delegateRules.DELEGATE_HAS_TCP],
] as const;

export const delegate: Check = function* (spec) {
  if (!isDelegate(spec)) return;
  for (const [field, rule] of foreign) {
    const list = spec.at(field);
    if (list.items().length === 0) continue;
    yield rule.on(list, `There are no hosts, so it is a delegate, and it has ${field}.`);
  }
};
