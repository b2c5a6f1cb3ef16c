import type { Check, Remark } from '../rule.js';
import { refused, rules, warned } from '../rule.js';
import { ip, isUnix, unixPath } from '../shared/address.js';
import { hostEntry } from '../shared/host-entry.js';
import { noTargetPort, port } from '../shared/port.js';
import { isPassthrough, serverTls } from '../shared/server-tls.js';
import type { Spot } from '../spot.js';
import { isHttp, isProtocol, isTls } from '../syntax/protocol.js';
import { all, inside } from '../walk.js';

const silentPort = 'it is stored, and nothing listens on the port';

export const serverRules = rules({
  SERVER_HOST_MISSING: refused('A server of a Gateway has no host.', {
    without: 'the API server refuses it too where the field is missing',
    next: 'Add the hosts that it serves; * is every host.',
  }),
  SERVER_PORT_MISSING: refused('A server of a Gateway has no port.', {
    without: 'the API server refuses it too, for the field is required',
    next: 'Add port with number, name and protocol.',
  }),
  SERVER_PORT_NAME_MISSING: refused('The port of a server has no name.', {
    without: 'the API server refuses it too where the field is missing',
    next: 'Add port.name, such as http.',
  }),
  SERVER_PROTOCOL_UNKNOWN: refused('The port of a server has a protocol that is not known.', {
    without: silentPort,
    next: 'Write HTTP, HTTP2, GRPC, GRPC-WEB, HTTPS, TLS, TCP, MONGO, REDIS or MYSQL.',
  }),
  SERVER_SOCKET_WITH_PORT: refused('A server on a unix socket has a port number.', {
    next: 'Write port.number: 0.',
  }),
  SERVER_TLS_MISSING: refused('A server for HTTPS or TLS does not say how to do TLS.', {
    without: silentPort,
    next: 'Add tls with a mode and a credentialName.',
  }),
  SERVER_TLS_ON_HTTP: refused('A server for plain HTTP has certificates.', {
    without: 'it is stored, and the port speaks plain HTTP',
    next: 'Write protocol: HTTPS, or leave only tls.httpsRedirect.',
  }),
  SERVER_TLS_ON_TCP: refused('A server for plain TCP has tls.', {
    without: 'it is stored, and the port speaks plain TCP',
    next: 'Write protocol: TLS, or remove tls.',
  }),
  SERVER_REDIRECT_NOT_HTTP: warned('httpsRedirect stands on a port that does not speak HTTP.', {
    consequence: 'Nothing is redirected.',
    next: 'Move it to the server for plain HTTP.',
  }),
});

const hosts: Check = function* (server) {
  const list = server.at('hosts');
  if (!list.isSet || (Array.isArray(list.value) && list.value.length === 0)) {
    yield serverRules.SERVER_HOST_MISSING.on(list, 'There is no host.');
  }
  for (const host of list.texts()) yield* hostEntry(host, 'Gateway');
};

const ports: Check = function* (server, scope) {
  const spot = server.at('port');
  if (!spot.isSet) yield serverRules.SERVER_PORT_MISSING.on(spot, 'There is no port.');
  if (!spot.isObject) return;
  const protocol = spot.at('protocol');
  if (!isProtocol(protocol.text) && (!protocol.isSet || typeof protocol.value === 'string')) {
    yield serverRules.SERVER_PROTOCOL_UNKNOWN.on(
      protocol,
      `Protocol ${JSON.stringify(protocol.text)} is not known.`,
    );
  }
  const name = spot.at('name');
  if (name.text === '' && (!name.isSet || name.value === '')) {
    yield serverRules.SERVER_PORT_NAME_MISSING.on(name, 'The port has no name.');
  }
  const onSocket = isUnix(server.at('bind').text);
  if (!onSocket) yield* port(spot.at('number'), scope);
  yield* noTargetPort(spot.at('targetPort'), scope);
};

const bind: Check = function* (server, scope) {
  const spot = server.at('bind');
  const number = server.at('port').at('number');
  if (spot.text === '') return;
  if (!isUnix(spot.text)) yield* ip(spot, scope);
  else {
    yield* unixPath(spot, scope);
    if ((number.number ?? 0) === 0) return;
    yield serverRules.SERVER_SOCKET_WITH_PORT.on(number, `Port ${number.number} is not used.`);
  }
};

const tlsFits: Check = function* (server) {
  const tls = server.at('tls');
  const { text: protocol } = server.at('port').at('protocol');
  if (!isProtocol(protocol)) return;
  if (isTls(protocol)) {
    if (!tls.isSet) yield serverRules.SERVER_TLS_MISSING.on(tls, `${protocol} needs tls.`);
  } else if (tls.isObject) {
    yield* plain(tls, protocol);
  }
  if (tls.at('httpsRedirect').value !== true || isHttp(protocol)) return;
  yield serverRules.SERVER_REDIRECT_NOT_HTTP.on(tls.at('httpsRedirect'), `It speaks ${protocol}.`);
};

/** A redirect to HTTPS is all that plain HTTP may have. */
function* plain(tls: Spot, protocol: string): Iterable<Remark> {
  const files = ['caCertificates', 'privateKey', 'serverCertificate'];
  if (!isHttp(protocol)) yield serverRules.SERVER_TLS_ON_TCP.on(tls, `It speaks ${protocol}.`);
  else if (!isPassthrough(tls) || files.some((field) => tls.at(field).text !== '')) {
    yield serverRules.SERVER_TLS_ON_HTTP.on(tls, `It speaks ${protocol}.`);
  }
}

export const server: Check = all(hosts, ports, bind, inside('tls', serverTls), tlsFits);
