import { fieldsOf } from '@spillway/domain-istio';
import type { Check, Remark, Scope } from '../rule.js';
import { refused, refusedByServer, rules, warned } from '../rule.js';
import { optionalPort, port, portName, protocol } from '../shared/port.js';
import type { Spot } from '../spot.js';
import { all, each, on } from '../walk.js';
import { resolutionOf } from './resolution-of.js';

export const entryPortRules = rules({
  ENTRY_PORT_NAME_DUPLICATE: refusedByServer('Two ports of a ServiceEntry have the same name.', {
    next: 'Rename one of the ports.',
  }),
  ENTRY_PORT_DUPLICATE: refusedByServer('Two ports of a ServiceEntry have the same number.', {
    next: 'Remove one of the ports.',
  }),
  ENTRY_TARGET_PORT_RANGE: refused('A targetPort of a ServiceEntry is 0.', {
    without: 'the API server refuses it too from Istio 1.23 on',
    next: 'Remove targetPort, or write a port from 1 to 65535.',
  }),
  ENTRY_TCP_WITHOUT_ADDRESS: warned('A TCP port of a ServiceEntry has no address.', {
    istio: 'IST0134',
    consequence: 'The port fits connections to any address, for TCP says nothing of the host.',
    next: 'Add addresses, or let Istio allot one (a resolution other than NONE).',
  }),
});

/** Istio allots addresses of its own since 1.25, unless a label says no. */
const allotsAddresses = (spec: Spot, { object }: Scope): boolean =>
  resolutionOf(spec) !== 'NONE' &&
  String(
    fieldsOf(fieldsOf(object.metadata)['labels'])['networking.istio.io/enable-autoallocate-ip'],
  ).toLowerCase() !== 'false';

const needsAddress: Check = function* (spec, scope) {
  if (spec.at('addresses').items().length > 0 || allotsAddresses(spec, scope)) return;
  const protocols = spec
    .at('ports')
    .items()
    .filter(({ isObject }) => isObject)
    .map((each) => each.at('protocol'));
  for (const spot of protocols.filter(({ text }) => text === '' || text === 'TCP')) {
    yield entryPortRules.ENTRY_TCP_WITHOUT_ADDRESS.on(spot, 'There is no address for the port.');
  }
};

const unique: Check = function* (spec) {
  const ports = spec
    .at('ports')
    .items()
    .filter(({ isObject }) => isObject);
  yield* repeated(ports, 'name', entryPortRules.ENTRY_PORT_NAME_DUPLICATE);
  yield* repeated(ports, 'number', entryPortRules.ENTRY_PORT_DUPLICATE);
};

function* repeated(
  ports: readonly Spot[],
  field: string,
  rule: (typeof entryPortRules)[keyof typeof entryPortRules],
): Iterable<Remark> {
  const seen = new Set<unknown>();
  for (const spot of ports.map((each) => each.at(field)).filter(({ isSet }) => isSet)) {
    if (seen.has(spot.value)) yield rule.on(spot, `${String(spot.value)} is there already.`);
    seen.add(spot.value);
  }
}

const target: Check = function* (spot, scope) {
  if (spot.number === 0) yield entryPortRules.ENTRY_TARGET_PORT_RANGE.on(spot, 'targetPort is 0.');
  else yield* optionalPort(spot, scope);
};

export const entryPorts: Check = all(
  unique,
  needsAddress,
  each(
    'ports',
    (spot, scope) => portName(spot.at('name'), scope),
    on('protocol', protocol),
    (spot, scope) => port(spot.at('number'), scope),
    on('targetPort', target),
  ),
);
