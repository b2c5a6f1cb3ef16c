import type { Check, Remark, Scope } from '../rule.js';
import { refused, rules, warned } from '../rule.js';
import { ip, isUnix, unixPath } from '../shared/address.js';
import { hostEntry } from '../shared/host-entry.js';
import { noTargetPort, port, portName, protocol } from '../shared/port.js';
import type { Spot } from '../spot.js';
import { all, each, inside, on } from '../walk.js';
import { sidecarPortRules } from './ports.js';

export const egressRules = rules({
  EGRESS_HOST_MISSING: refused('A listener for outgoing traffic has no host.', {
    without: 'the API server refuses it too where the field is missing',
    next: 'Add hosts, such as ./* for everything in the same namespace.',
  }),
  EGRESS_CATCH_ALL_NOT_LAST: refused('A listener without a port is not the last one.', {
    without: 'it is stored, and the listeners after it are ignored',
    next: 'Move it to the end; there can be one only.',
  }),
  EGRESS_PORT_ZERO: refused('A listener has port 0 and is not on a unix socket.', {
    without: 'it is stored, and nothing listens',
    next: 'Write a port, or a bind that begins with unix://.',
  }),
  EGRESS_SOCKET_CAPTURES: refused('A listener on a unix socket captures traffic.', {
    without: 'it is stored, and captures none',
    next: 'Write captureMode: NONE.',
  }),
  EGRESS_SOCKET_DUPLICATE: refused('Two listeners are on the same unix socket.', {
    without: 'it is stored, and Envoy refuses one of the listeners',
    next: 'Give each listener a socket of its own.',
  }),
  EGRESS_HOST_DUPLICATE: warned('A host is covered by another one of the same listener.', {
    consequence: 'It adds nothing.',
    next: 'Remove it.',
  }),
  EGRESS_HOST_ALL_AND_MORE: warned('*/* stands beside other hosts.', {
    consequence: 'Everything is imported; the other hosts add nothing.',
    next: 'Remove */* to narrow the import, or the others.',
  }),
});

const hosts: Check = function* (listener, scope) {
  const list = listener.at('hosts');
  if (!list.isSet || (Array.isArray(list.value) && list.value.length === 0)) {
    yield egressRules.EGRESS_HOST_MISSING.on(list, 'There is no host.');
  }
  for (const host of list.texts()) yield* hostEntry(host, 'Sidecar');
  yield* repeated(list, scope);
};

function* repeated(list: Spot, { namespace: own }: Scope): Iterable<Remark> {
  const seen = new Map<string, Set<string>>();
  for (const spot of list.texts().filter(({ text }) => text.includes('/'))) {
    const slash = spot.text.indexOf('/');
    const written = spot.text.slice(0, slash);
    const namespace = written === '.' ? own : written;
    const name = spot.text.slice(slash + 1);
    const names = seen.get(namespace) ?? new Set();
    if (isCovered(name, names)) {
      yield egressRules.EGRESS_HOST_DUPLICATE.on(spot, `Host ${spot.text} is covered twice.`);
    }
    seen.set(namespace, names.add(name));
  }
  if (seen.get('*')?.has('*') === true && seen.size > 1) {
    yield egressRules.EGRESS_HOST_ALL_AND_MORE.on(list, 'Other namespaces are named too.');
  }
}

const isCovered = (name: string, names: ReadonlySet<string>): boolean =>
  name === '*' ? names.size > 0 : names.has(name) || names.has('*');

const listenerPort: Check = function* (listener, scope) {
  const spot = listener.at('port');
  if (!spot.isObject) return;
  const number = spot.at('number');
  if ((number.number ?? 0) === 0) yield* socket(listener, number, scope);
  else {
    yield* port(number, scope);
    if (listener.at('bind').text !== '') yield* ip(listener.at('bind'), scope);
  }
};

function* socket(listener: Spot, number: Spot, scope: Scope): Iterable<Remark> {
  const bind = listener.at('bind');
  if (isUnix(bind.text)) yield* unixPath(bind, scope);
  else yield egressRules.EGRESS_PORT_ZERO.on(number, 'The port is 0.');
  const mode = listener.at('captureMode');
  if (['', 'DEFAULT', 'NONE'].includes(mode.text)) return;
  yield egressRules.EGRESS_SOCKET_CAPTURES.on(mode, `captureMode is ${mode.text}.`);
}

const order: Check = function* (spec) {
  const list = spec.at('egress').items();
  const ports = new Set<number>();
  const sockets = new Set<string>();
  for (const [index, listener] of list.entries()) {
    const spot = listener.at('port');
    if (listener.isObject && !spot.isSet && index < list.length - 1) {
      yield egressRules.EGRESS_CATCH_ALL_NOT_LAST.on(listener, 'There are listeners after it.');
    }
    if (spot.isObject) yield* unique(listener, ports, sockets);
  }
};

function* unique(listener: Spot, ports: Set<number>, sockets: Set<string>): Iterable<Remark> {
  const number = listener.at('port').at('number');
  const bind = listener.at('bind');
  const value = number.number ?? 0;
  if (value === 0 && sockets.has(bind.text)) {
    yield egressRules.EGRESS_SOCKET_DUPLICATE.on(bind, `${bind.text} is there already.`);
  }
  if (value !== 0 && ports.has(value)) {
    yield sidecarPortRules.SIDECAR_PORT_DUPLICATE.on(number, `Port ${value} is there already.`);
  }
  if (value === 0) sockets.add(bind.text);
  else ports.add(value);
}

export const egress: Check = all(
  order,
  each(
    'egress',
    hosts,
    listenerPort,
    inside(
      'port',
      on('name', (spot, scope) => (spot.text === '' ? [] : portName(spot, scope))),
      on('protocol', protocol),
      on('targetPort', noTargetPort),
    ),
  ),
);
