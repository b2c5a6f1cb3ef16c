import { fieldsOf } from '@spillway/domain-istio';
import { clusterOf } from './cluster.js';
import type { ClusterContext } from './cluster.js';
import type {
  DirectResponse,
  Fault,
  Forwarding,
  MirrorShare,
  Redirection,
  Rewrite,
} from './explanation.js';
import { noOperations } from './read/headers.js';
import { percentOf } from './read/http-rule.js';
import type { HttpRule } from './read/http-rule.js';
import { defined, numberOf, textOf } from './read/value.js';
import type { Fields } from './read/value.js';
import { sharesOf } from './shares.js';

/** What a compiled route does with a request. */
export type RouteAction =
  | ({ readonly kind: 'forward' } & Forwarding)
  | { readonly kind: 'redirect'; readonly to: Redirection }
  | ({ readonly kind: 'directResponse' } & DirectResponse)
  /** Envoy takes no configuration with such a route. */
  | { readonly kind: 'refused'; readonly because: string };

export function actionOf(rule: HttpRule, context: ClusterContext): RouteAction {
  if (rule.redirect) return redirect(rule.redirect, context.port);
  if (rule.directResponse) return directResponse(rule.directResponse);
  const shares = sharesOf(rule.route, context);
  if (!shares.ok) return { kind: 'refused', because: shares.because };
  const { request, response, authority } = rule.headers ?? noOperations;
  return defined<RouteAction & { readonly kind: 'forward' }>({
    kind: 'forward',
    destinations: shares.destinations,
    mirrors: mirrorsOf(rule, context),
    requestHeaders: request,
    responseHeaders: response,
    rewrite: rewriteOf(rule.rewrite, authority),
    timeout: rule.timeout,
    retries: rule.retries,
    fault: rule.fault && faultOf(rule.fault),
  });
}

/** The other 3xx codes pass validation and leave a route that does nothing, which Envoy refuses. */
const redirectCodes = [301, 302, 303, 307, 308];

function redirect(fields: Fields, listenerPort: number): RouteAction {
  const status = numberOf(fields['redirectCode']) ?? 301;
  if (status !== 0 && !redirectCodes.includes(status)) {
    return { kind: 'refused', because: `Envoy has no redirect with code ${status}` };
  }
  const derived = fields['derivePort'] === 'FROM_REQUEST_PORT' ? listenerPort : undefined;
  return {
    kind: 'redirect',
    to: defined<Redirection>({
      status: status === 0 ? 301 : status,
      uri: textOf(fields['uri']),
      authority: textOf(fields['authority']),
      port: numberOf(fields['port']) ?? derived,
      scheme: textOf(fields['scheme']),
    }),
  };
}

const directResponse = (fields: Fields): RouteAction => {
  const body = textOf(fieldsOf(fields['body'])['string']);
  return {
    kind: 'directResponse',
    status: numberOf(fields['status']) ?? 0,
    ...(body === undefined ? {} : { body }),
  };
};

/** `rewrite.authority` wins over a `host` header that the route sets. */
function rewriteOf(fields: Fields | undefined, host: string | undefined): Rewrite | undefined {
  const regex = fieldsOf(fields?.['uriRegexRewrite']);
  const match = textOf(regex['match']);
  const rewrite = defined<Rewrite>({
    uri: match === undefined ? textOf(fields?.['uri']) : undefined,
    uriRegex: match === undefined ? undefined : { match, rewrite: textOf(regex['rewrite']) ?? '' },
    authority: textOf(fields?.['authority']) ?? host,
  });
  return Object.keys(rewrite).length === 0 ? undefined : rewrite;
}

/** Envoy counts in millionths and drops the rest. */
const fraction = (percent: number): number => Math.trunc(percent * 10_000) / 1_000_000;

function mirrorsOf(rule: HttpRule, context: ClusterContext): readonly MirrorShare[] {
  const single = rule.mirror && {
    destination: rule.mirror,
    percentage: rule.mirrorPercentage ?? 100,
  };
  return [...(single ? [single] : []), ...(rule.mirrors ?? [])].flatMap(
    ({ destination, percentage = 100 }) => {
      if (percentage <= 0) return [];
      const { outcome, ...cluster } = clusterOf(destination, context);
      const missing = outcome === undefined ? {} : { missing: outcome.because };
      return [{ ...cluster, share: fraction(percentage), ...missing }];
    },
  );
}

/** A delay without a percentage falls back to the old `percent`, an abort to none at all. */
function faultOf(fields: Fields): Fault | undefined {
  const delay = fieldsOf(fields['delay']);
  const abort = fieldsOf(fields['abort']);
  const duration = textOf(delay['fixedDelay']);
  const httpStatus = numberOf(abort['httpStatus']);
  const grpcStatus = textOf(abort['grpcStatus']);
  const share = fraction(percentOf(abort['percentage']) ?? 0);
  const fault = defined<Fault>({
    delay:
      duration === undefined
        ? undefined
        : {
            duration,
            share: fraction(percentOf(delay['percentage']) ?? numberOf(delay['percent']) ?? 0),
          },
    abort:
      httpStatus === undefined && grpcStatus === undefined
        ? undefined
        : defined<NonNullable<Fault['abort']>>({ httpStatus, grpcStatus, share }),
  });
  return Object.keys(fault).length === 0 ? undefined : fault;
}
