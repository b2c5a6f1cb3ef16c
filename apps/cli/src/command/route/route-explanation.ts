import type { Explanation } from '@spillway/domain-route';
import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const share = z.number().min(0).max(1);
const port = z.int();
const status = z.int();

const objectName = z
  .object({ namespace: z.string(), name: z.string() })
  .meta({ id: 'ObjectName', description: 'An object.' });

const headerChanges = z
  .object({
    set: texts.describe('Overwritten, or made.'),
    add: texts.describe('Appended as a line.'),
    remove: z.array(z.string()).describe('Dropped.'),
  })
  .meta({ id: 'HeaderChanges', description: 'What happens to headers.' });

const failure = z
  .object({
    status,
    flag: z.enum(['NC', 'UH', 'NR']).describe('Envoy’s response flag.'),
    because: z.string(),
  })
  .describe('What a client gets instead of an answer from there.');

const place = {
  host: z.string(),
  subset: z.string().exactOptional(),
  port,
};

const destination = z
  .object({
    ...place,
    probability: share.describe('Its part of the requests that take the route.'),
    requestHeaders: headerChanges,
    responseHeaders: headerChanges,
    authority: z.string().exactOptional().describe('The host is rewritten to this.'),
    outcome: failure.exactOptional(),
  })
  .meta({ id: 'DestinationShare', description: 'Where requests go.' });

const mirror = z
  .object({
    ...place,
    share: share.describe('Of the requests that take the route.'),
    missing: z.string().exactOptional().describe('Why no copy arrives.'),
  })
  .meta({ id: 'MirrorShare', description: 'Where copies go.' });

const origin = {
  virtualService: objectName
    .nullable()
    .describe('null for what a proxy does with a service that no VirtualService routes.'),
  route: z.string().describe('As in access logs (%ROUTE_NAME%).'),
  ruleIndex: z.int().nullable().describe('In http, tcp or tls of the VirtualService.'),
  matchIndex: z.int().nullable().describe('In match of the rule; null when it has none.'),
};

const delegate = objectName
  .extend({ ruleIndex: z.int() })
  .exactOptional()
  .describe('The VirtualService that the rule was taken from.');

const routeOrigin = z
  .object({ ...origin, delegate })
  .meta({ id: 'RouteOrigin', description: 'Where a route comes from.' });

const considered = z
  .object({ ...origin, matched: z.boolean(), because: z.string() })
  .meta({ id: 'Considered', description: 'A route that was looked at.' });

const answer = {
  because: z.array(z.string()).describe('Sentences: why this VirtualService, why this route.'),
  considered: z
    .array(considered)
    .describe('Routes that were looked at, in the order of the proxy.'),
};

const rewrite = z.object({
  uri: z.string().exactOptional(),
  uriRegex: z.object({ match: z.string(), rewrite: z.string() }).exactOptional(),
  authority: z.string().exactOptional(),
});

const fault = z.object({
  delay: z.object({ duration: z.string(), share }).exactOptional(),
  abort: z
    .object({
      httpStatus: status.exactOptional(),
      grpcStatus: z.string().exactOptional(),
      share,
    })
    .exactOptional(),
});

const routed = z
  .object({
    kind: z.literal('routed'),
    ...origin,
    delegate,
    destinations: z.array(destination),
    mirrors: z.array(mirror),
    requestHeaders: headerChanges,
    responseHeaders: headerChanges,
    rewrite: rewrite.exactOptional(),
    timeout: z.string().exactOptional().describe('As written; no limit when left out.'),
    retries: z.record(z.string(), z.unknown()).exactOptional().describe('As written.'),
    fault: fault.exactOptional(),
    ...answer,
  })
  .describe('Forwarded.');

const redirected = z
  .object({
    kind: z.literal('redirect'),
    ...origin,
    delegate,
    to: z.object({
      status,
      uri: z.string().exactOptional(),
      authority: z.string().exactOptional(),
      port: port.exactOptional(),
      scheme: z.string().exactOptional(),
    }),
    ...answer,
  })
  .describe('Redirected by the proxy.');

const answered = z
  .object({
    kind: z.literal('directResponse'),
    ...origin,
    delegate,
    status,
    body: z.string().exactOptional(),
    ...answer,
  })
  .describe('Answered by the proxy, as the route says.');

const errorStatus = z
  .object({
    kind: z.literal('status'),
    code: z.union([z.literal(404), z.literal(502), z.literal(503)]),
    flag: z.enum(['NR', 'NC', 'UH']).exactOptional().describe('Envoy’s response flag.'),
    origin: routeOrigin.exactOptional(),
    destinations: z.array(destination).exactOptional(),
    ...answer,
  })
  .describe('An error that the proxy itself answers with.');

const passedThrough = z
  .object({ kind: z.literal('passthrough'), ...answer })
  .describe('Sent to wherever the client meant, past all routing.');

const closed = z
  .object({ kind: z.literal('closed'), ...answer })
  .describe('The connection is closed; there is no HTTP answer.');

const rejected = z
  .object({ kind: z.literal('rejected'), origin: routeOrigin, ...answer })
  .describe('Proxies refuse the configuration of this port and keep their last one.');

const explanation = z
  .discriminatedUnion('kind', [
    routed,
    redirected,
    answered,
    errorStatus,
    passedThrough,
    closed,
    rejected,
  ])
  .meta({
    id: 'Explanation',
    description: 'What becomes of a request; `kind` tells the shapes apart.',
  });

/** What `spillway route explain -o json` prints. */
export const routeExplanation = z.union([explanation, z.array(explanation)]).meta({
  title: 'Spillway route explanation',
  description:
    'What `spillway route explain -o json` prints: an answer, or one for each of a list of requests.',
});

/** The shape that is documented, with nothing to be written to. */
type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** Compiles as long as the schema has everything that the simulator says. */
export const toAnswer = (explained: Explanation): Frozen<z.output<typeof explanation>> => explained;
