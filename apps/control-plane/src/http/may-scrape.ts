import { fixedTokens } from '@spillway/interface-contract/bearer';
import { loopback } from '../config/loopback.js';
import type { MetricsAccess } from '../config/metrics-access.js';
import type { OperatorRequest } from './operator-route.js';

/** Whether a request may read the metrics. */
export function mayScrape(access: MetricsAccess): (request: OperatorRequest) => Promise<boolean> {
  if (access.kind === 'token') {
    const find = fixedTokens([{ actor: 'metrics', token: access.token, grants: [] }]);
    return async ({ authorization }) => (await find(authorization)) !== undefined;
  }
  return ({ host }) => Promise.resolve(access.kind === 'loopback' && isLoopback(host));
}

/** A page in a browser can have a name of its own lead to this machine, and that name is in `Host`. */
const isLoopback = (host: string | undefined): boolean =>
  loopback.has((host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'));
