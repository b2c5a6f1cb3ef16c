import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { isCidr, isIp } from '../syntax/ip.js';

export const addressRules = rules({
  IP_INVALID: refused('A text is not an IP address.', {
    next: 'Write an IPv4 or IPv6 address without a port.',
  }),
  CIDR_INVALID: refused('A text is not a CIDR block.', {
    next: 'Write an address, a slash and the number of bits, such as 10.0.0.0/8.',
  }),
  UNIX_PATH_INVALID: refused('A unix socket is not an absolute path to a file.', {
    without: 'it is stored, and nothing can connect to it',
    next: 'Write unix:// and an absolute path, or unix://@ and a name.',
  }),
});

const unix = 'unix://';

export const isUnix = (address: string): boolean => address.startsWith(unix);

export const ip: Check = function* (spot) {
  if (isIp(spot.text)) return;
  yield addressRules.IP_INVALID.on(spot, `${JSON.stringify(spot.text)} is not an IP address.`);
};

/** An address or a block of them. */
export const subnet: Check = function* (spot, scope) {
  if (spot.text.split('/').length !== 2) yield* ip(spot, scope);
  else if (!isCidr(spot.text)) {
    yield addressRules.CIDR_INVALID.on(spot, `${JSON.stringify(spot.text)} is not a CIDR block.`);
  }
};

export const unixPath: Check = function* (spot) {
  const path = spot.text.slice(unix.length);
  if (path.startsWith('@') || (path.startsWith('/') && !path.endsWith('/'))) return;
  yield addressRules.UNIX_PATH_INVALID.on(
    spot,
    `${JSON.stringify(spot.text)} is not an absolute path to a file.`,
  );
};
