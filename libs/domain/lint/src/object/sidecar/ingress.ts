import type { Check, Remark } from '../rule.js';
import { refused, rules, warned } from '../rule.js';
import { ip, isUnix, unixPath } from '../shared/address.js';
import { connectionPool } from '../shared/connection-pool.js';
import { isPort, noTargetPort, port, portName, protocol } from '../shared/port.js';
import { serverTls } from '../shared/server-tls.js';
import type { Spot } from '../spot.js';
import { isHttp } from '../syntax/protocol.js';
import { all, each, inside, on } from '../walk.js';
import { sidecarPortRules } from './ports.js';

export const ingressRules = rules({
  INGRESS_PORT_MISSING: refused('A listener for incoming traffic has no port.', {
    without: 'the API server refuses it too, for the field is required',
    next: 'Add port with number, name and protocol.',
  }),
  INGRESS_DEFAULT_ENDPOINT: refused('The place where incoming traffic goes to is not local.', {
    without: 'it is stored, and incoming requests fail',
    next: 'Write 127.0.0.1:port, 0.0.0.0:port, [::1]:port, [::]:port or unix:// and a path.',
  }),
  INGRESS_TLS_UNSUPPORTED: refused('A listener of a Sidecar asks for TLS that only gateways do.', {
    without: 'it is stored, and that part is ignored',
    next: 'Remove it: a Sidecar has mode SIMPLE, MUTUAL or PASSTHROUGH with files.',
  }),
  INGRESS_HTTP_POOL_ON_TCP: warned('A port that does not speak HTTP has limits for HTTP.', {
    consequence: 'Only the limits for TCP take effect.',
    next: 'Remove connectionPool.http, or correct the protocol.',
  }),
});

const local = ['', '127.0.0.1', '0.0.0.0', '::1', '::'];

const defaultEndpoint: Check = function* (spot, scope) {
  if (spot.text === '') return;
  if (isUnix(spot.text)) return yield* unixPath(spot, scope);
  const [, bracketed, plain, number] = /^(?:\[([^\]]*)\]|([^:]*)):(\d+)$/.exec(spot.text) ?? [];
  const host = bracketed ?? plain;
  if (host !== undefined && local.includes(host) && isPort(Number(number))) return;
  yield ingressRules.INGRESS_DEFAULT_ENDPOINT.on(
    spot,
    `${JSON.stringify(spot.text)} is not a local address with a port.`,
  );
};

const tls: Check = function* (spot, scope) {
  const mode = spot.at('mode').text;
  const asked = [
    ...(spot.at('subjectAltNames').items().length > 0 ? ['subjectAltNames'] : []),
    ...(spot.at('httpsRedirect').value === true ? ['httpsRedirect'] : []),
    ...(spot.at('credentialName').text === '' ? [] : ['credentialName']),
    ...(['ISTIO_MUTUAL', 'AUTO_PASSTHROUGH'].includes(mode) ? ['mode'] : []),
  ];
  for (const field of asked) {
    yield ingressRules.INGRESS_TLS_UNSUPPORTED.on(spot.at(field), `${field} is set.`);
  }
  yield* serverTls(spot, scope);
};

const listenerPort: Check = function* (listener, scope) {
  const spot = listener.at('port');
  if (!spot.isSet) yield ingressRules.INGRESS_PORT_MISSING.on(spot, 'There is no port.');
  if (!spot.isObject) return;
  yield* port(spot.at('number'), scope);
  if (listener.at('bind').text !== '') yield* ip(listener.at('bind'), scope);
  const http = listener.at('connectionPool').at('http');
  const { text } = spot.at('protocol');
  if (!http.isSet || isHttp(text)) return;
  yield ingressRules.INGRESS_HTTP_POOL_ON_TCP.on(http, `The port speaks ${text || 'TCP'}.`);
};

const unique: Check = function* (spec): Iterable<Remark> {
  const seen = new Set<number>();
  const numbers = spec
    .at('ingress')
    .items()
    .map((listener): Spot => listener.at('port').at('number'));
  for (const spot of numbers) {
    if (spot.number === undefined) continue;
    if (seen.has(spot.number)) {
      yield sidecarPortRules.SIDECAR_PORT_DUPLICATE.on(
        spot,
        `Port ${spot.number} is there already.`,
      );
    }
    seen.add(spot.number);
  }
};

export const ingress: Check = all(
  unique,
  each(
    'ingress',
    listenerPort,
    inside(
      'port',
      on('name', (spot, scope) => (spot.text === '' ? [] : portName(spot, scope))),
      on('protocol', protocol),
      on('targetPort', noTargetPort),
    ),
    on('defaultEndpoint', defaultEndpoint),
    inside('tls', tls),
    inside('connectionPool', connectionPool),
  ),
);
