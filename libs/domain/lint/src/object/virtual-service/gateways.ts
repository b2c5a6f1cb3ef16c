import type { Check, Remark } from '../rule.js';
import { refused, rules, silent, warned } from '../rule.js';
import type { Spot } from '../spot.js';
import { fqdnFault, isDnsLabel } from '../syntax/dns.js';

const unbound = 'it is stored, and the rules are bound to no gateway by that name';

export const gatewayRules = rules({
  GATEWAY_NAME_EMPTY: refused('A gateway has no namespace or no name.', {
    without: unbound,
    next: 'Write namespace/name, or the name alone for a gateway of the same namespace.',
  }),
  GATEWAY_NAMESPACE_INVALID: refused('The namespace of a gateway is not a DNS label.', {
    without: unbound,
    next: 'Write the namespace in full; there are no wildcards here.',
  }),
  GATEWAY_NAME_INVALID: refused('The name of a gateway is not a DNS label.', {
    without: unbound,
    next: 'Write the name in full; there are no wildcards here.',
  }),
  GATEWAY_NAME_LEGACY: warned('A gateway is written as a domain name.', {
    consequence: 'It still works, and may stop to.',
    next: 'Write namespace/name.',
  }),
  GATEWAY_NAME_UNCHECKED: silent('A gateway stands where istiod does not look for mistakes.', {
    consequence:
      'istiod checks no gateway after the first without a slash; this one binds nothing.',
    next: 'Correct it.',
  }),
});

/** Rules for sidecars; the reserved name among the gateways. */
const mesh = 'mesh';

const named = (spec: Spot): readonly string[] =>
  spec
    .at('gateways')
    .texts()
    .map(({ text }) => text);

/** Whether only gateways read it. */
export const isForGateways = (spec: Spot): boolean =>
  named(spec).length > 0 && !named(spec).includes(mesh);

export const gatewayNames: Check = function* (spot) {
  const list = spot.at('gateways').texts();
  const last = list.findIndex(({ text }) => !text.includes('/'));
  const checked = last < 0 ? list : list.slice(0, last + 1);
  for (const gateway of checked) yield* fault(gateway);
  for (const gateway of list.slice(checked.length)) {
    const [hidden] = fault(gateway);
    if (hidden === undefined || hidden.severity !== 'error') continue;
    yield gatewayRules.GATEWAY_NAME_UNCHECKED.on(gateway, hidden.message);
  }
};

const fault = (gateway: Spot): readonly Remark[] =>
  gateway.text.includes('/') ? [...pair(gateway)] : [...single(gateway)];

function* single(gateway: Spot): Iterable<Remark> {
  const said = JSON.stringify(gateway.text);
  const [name, namespace] = gateway.text.split('.');
  if (fqdnFault(gateway.text) !== undefined) {
    yield gatewayRules.GATEWAY_NAME_INVALID.on(gateway, `${said} is not the name of a gateway.`);
  } else if (namespace !== undefined) {
    yield gatewayRules.GATEWAY_NAME_LEGACY.on(
      gateway,
      `${said} is better written ${namespace}/${name}.`,
    );
  }
}

function* pair(gateway: Spot): Iterable<Remark> {
  const slash = gateway.text.indexOf('/');
  const namespace = gateway.text.slice(0, slash);
  const name = gateway.text.slice(slash + 1);
  const said = JSON.stringify(gateway.text);
  if (namespace === '' || name === '') {
    yield gatewayRules.GATEWAY_NAME_EMPTY.on(gateway, `${said} lacks a half.`);
  }
  if (namespace !== '' && !isDnsLabel(namespace)) {
    yield gatewayRules.GATEWAY_NAMESPACE_INVALID.on(
      gateway,
      `${said} has the namespace ${JSON.stringify(namespace)}.`,
    );
  }
  if (name !== '' && !isDnsLabel(name)) {
    yield gatewayRules.GATEWAY_NAME_INVALID.on(
      gateway,
      `${said} has the name ${JSON.stringify(name)}.`,
    );
  }
}
