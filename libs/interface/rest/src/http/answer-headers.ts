import type { FastifyReply, FastifyRequest } from 'fastify';

const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Data is not a page. */
const data = {
  ...always,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'private, no-cache',
} as const;

/** The reference page brings its own script and styles, and draws icons from data: addresses. */
const reference = {
  ...always,
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
} as const;

/** The id of the request, and what keeps browsers from making more of an answer than it is. */
export function setAnswerHeaders({ id, url }: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', id);
  reply.headers(url.startsWith('/api/v1/docs') ? reference : data);
}
