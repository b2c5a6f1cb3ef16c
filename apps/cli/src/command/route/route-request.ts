import type { HttpRequest, TcpRequest } from '@spillway/domain-route';
import { fieldsOf } from '@spillway/domain-istio';
import { document, parse } from '@spillway/interface-contract';
import type { Refusal, Result } from '@spillway/kernel';
import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const lines = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const port = z.int().min(1).max(65_535);

const sidecar = document({
  namespace: z.string().min(1).describe('Namespace of the pod that sends it.'),
  labels: texts.exactOptional().describe('Labels of that pod.'),
}).describe('A pod with a sidecar.');

const gateway = document({
  gateway: z
    .string()
    .regex(/^[^/]+\/[^/]+$/, { error: 'must be "namespace/name" of a Gateway' })
    .describe('The Gateway that it comes through, as namespace/name.'),
  namespace: z
    .string()
    .exactOptional()
    .describe('Where the gateway’s pods run. Default: the namespace of the Gateway.'),
  labels: texts
    .exactOptional()
    .describe('Labels of the gateway’s pods. Default: what the Gateway selects.'),
}).describe('A gateway at the edge.');

const httpFields = {
  kind: z.literal('http').exactOptional(),
  host: z.string().min(1).describe('The Host header; may name a port.'),
  path: z
    .string()
    .regex(/^\//, { error: 'must begin with "/"' })
    .describe('With the query string.'),
  method: z.string().min(1).exactOptional().describe('Default: GET.'),
  headers: lines
    .exactOptional()
    .describe('By name in any case; a list stands for several lines of one name.'),
  port: port
    .exactOptional()
    .describe('Of the service in the mesh, of the server at a gateway. Default: the only one.'),
  scheme: z.string().exactOptional().describe('http or https.'),
  claims: lines.exactOptional().describe('Claims of a validated JWT, by dotted name.'),
};

const tcpFields = {
  kind: z.literal('tcp'),
  port: port.describe('That is connected to.'),
  sni: z.string().exactOptional().describe('Server name of the TLS hello, where it is TLS.'),
  host: z.string().exactOptional().describe('The name that the client resolved.'),
};

const from = z
  .union([sidecar, gateway])
  .meta({ id: 'Client', description: 'Whose proxy decides: routing is compiled for each proxy.' });

const anyRequest = z
  .union([
    document({ ...httpFields, from }).describe('An HTTP request.'),
    document({ ...tcpFields, from }).describe('A connection that is not HTTP to the proxy.'),
  ])
  .meta({ id: 'Request', description: 'A request.' });

/** What `--request` takes. */
export const routeRequest = z.union([anyRequest, z.array(anyRequest).min(1)]).meta({
  title: 'Spillway route request',
  description: 'What `spillway route explain --request` takes: a request, or a list of them.',
});

export type RouteRequest =
  (HttpRequest & { readonly kind?: 'http' }) | (TcpRequest & { readonly kind: 'tcp' });

/**
 * One request as it came. Which of the shapes is meant is decided first, so that
 * what is wrong can be named instead of "none of them fits".
 */
export function toRouteRequest(input: unknown): Result<RouteRequest, Refusal> {
  const { kind, from: client } = fieldsOf(input);
  const clientShape = Object.hasOwn(fieldsOf(client), 'gateway') ? gateway : sidecar;
  return kind === 'tcp'
    ? parse(document({ ...tcpFields, from: clientShape }), input)
    : parse(document({ ...httpFields, from: clientShape }), input);
}
