import type { Check } from '../rule.js';
import { duration } from '../shared/duration.js';
import { exportTo } from '../shared/export-to.js';
import { all, each, inside, on } from '../walk.js';
import { action, hasRoutes } from './action.js';
import { claims } from './claims.js';
import { cors } from './cors.js';
import { delegate } from './delegate.js';
import { requiredDestination } from './destination.js';
import { directResponse } from './direct-response.js';
import { fault } from './fault.js';
import { gatewayNames } from './gateways.js';
import { authority, headers } from './headers.js';
import { hosts } from './hosts.js';
import { httpMatch } from './match.js';
import { mirrors } from './mirror.js';
import { reach } from './reach.js';
import { redirect } from './redirect.js';
import { retries } from './retries.js';
import { rewrite } from './rewrite.js';
import { tcpRoute, tlsRoute } from './tls.js';
import { weights } from './weights.js';

const httpRoute: Check = all(
  action,
  each('match', httpMatch),
  headers,
  authority,
  mirrors,
  redirect,
  inside('corsPolicy', cors),
  inside('fault', fault),
  inside('directResponse', directResponse),
  inside('retries', retries),
  inside('rewrite', rewrite),
  on('timeout', duration),
  each('route', requiredDestination, headers),
  weights,
);

export const virtualService: Check = all(
  delegate,
  gatewayNames,
  claims,
  hosts,
  hasRoutes,
  each('http', httpRoute),
  each('tls', tlsRoute),
  each('tcp', tcpRoute),
  exportTo(),
  reach('http'),
  reach('tls'),
  reach('tcp'),
);
