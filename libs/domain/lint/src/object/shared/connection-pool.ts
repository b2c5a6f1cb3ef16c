import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { all, inside, on } from '../walk.js';
import { duration, durationOrOff } from './duration.js';

export const connectionPoolRules = rules({
  CONNECTION_POOL_EMPTY: refused('A connection pool is empty.', {
    without: 'it is stored, and does nothing',
    next: 'Add http or tcp, or remove connectionPool.',
  }),
  CONNECTION_POOL_NEGATIVE: refused('A limit of a connection pool is below 0.', {
    next: 'Write 0 or more; leave the limit out for the default.',
  }),
  CONNECTION_POOL_UPGRADE_AND_CLIENT: refused(
    "A connection pool upgrades to HTTP/2 and keeps the client's protocol.",
    {
      without: 'it is stored, and one of the two is ignored',
      next: 'Remove useClientProtocol, or write h2UpgradePolicy: DO_NOT_UPGRADE.',
    },
  ),
});

const limit: Check = function* (spot) {
  if (spot.number === undefined || spot.number >= 0) return;
  yield connectionPoolRules.CONNECTION_POOL_NEGATIVE.on(spot, `The limit is ${spot.number}.`);
};

const notEmpty: Check = function* (pool) {
  if (pool.setOf('http', 'tcp').length > 0) return;
  yield connectionPoolRules.CONNECTION_POOL_EMPTY.on(pool, 'There is no http and no tcp.');
};

const upgrade: Check = function* (http) {
  if (http.at('h2UpgradePolicy').value !== 'UPGRADE') return;
  if (http.at('useClientProtocol').value !== true) return;
  yield connectionPoolRules.CONNECTION_POOL_UPGRADE_AND_CLIENT.on(
    http.at('useClientProtocol'),
    'h2UpgradePolicy is UPGRADE.',
  );
};

const httpLimits = [
  'http1MaxPendingRequests',
  'http2MaxRequests',
  'maxRequestsPerConnection',
  'maxRetries',
  'maxConcurrentStreams',
];

export const connectionPool: Check = all(
  notEmpty,
  inside(
    'http',
    ...httpLimits.map((field) => on(field, limit)),
    on('idleTimeout', duration),
    upgrade,
  ),
  inside(
    'tcp',
    on('maxConnections', limit),
    on('connectTimeout', duration),
    on('maxConnectionDuration', duration),
    on('idleTimeout', durationOrOff),
    inside('tcpKeepalive', on('time', duration), on('interval', duration)),
  ),
);
