import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { isDnsLabel } from '../syntax/dns.js';
import { isProtocol } from '../syntax/protocol.js';

export const portRules = rules({
  PORT_OUT_OF_RANGE: refused('A port number is not in 1..65535.', {
    without: 'it is stored, and nothing ever listens on such a port',
    next: 'Write a port from 1 to 65535.',
  }),
  PORT_NAME_INVALID: refused('The name of a port is not a DNS label.', {
    next: 'Use at most 63 letters, digits and hyphens.',
  }),
  PROTOCOL_UNKNOWN: refused('A port has a protocol that Istio does not know.', {
    without: 'the port is treated as opaque TCP',
    next: 'Write one of HTTP, HTTP2, GRPC, GRPC-WEB, HTTPS, TLS, TCP, MONGO, REDIS, MYSQL, UDP.',
  }),
  TARGET_PORT_WITHOUT_EFFECT: refused('A Gateway or a Sidecar has a targetPort.', {
    without: 'it is stored and the targetPort is ignored',
    next: 'Remove targetPort.',
  }),
});

export const isPort = (number: number): boolean =>
  Number.isInteger(number) && number >= 1 && number <= 65535;

/** A port; one that is absent counts as 0, which is none. */
export const port: Check = function* (spot) {
  const number = spot.isSet ? spot.number : 0;
  if (number === undefined || isPort(number)) return;
  yield portRules.PORT_OUT_OF_RANGE.on(spot, `Port ${number} is not in 1..65535.`);
};

/** A port that need not be there; 0 says the same. */
export const optionalPort: Check = (spot, scope) =>
  !spot.isSet || spot.number === 0 ? [] : port(spot, scope);

export const portName: Check = function* (spot) {
  if ((spot.isSet && typeof spot.value !== 'string') || isDnsLabel(spot.text)) return;
  yield portRules.PORT_NAME_INVALID.on(
    spot,
    `Port name ${JSON.stringify(spot.text)} is not a DNS label.`,
  );
};

export const protocol: Check = function* (spot) {
  if (spot.text === '' || isProtocol(spot.text)) return;
  yield portRules.PROTOCOL_UNKNOWN.on(
    spot,
    `Protocol ${JSON.stringify(spot.text)} is not known to Istio.`,
  );
};

export const noTargetPort: Check = function* (spot) {
  const number = spot.number ?? 0;
  if (number <= 0) return;
  yield portRules.TARGET_PORT_WITHOUT_EFFECT.on(spot, `targetPort ${number} has no effect here.`);
};
