import type { FastifyRequest } from 'fastify';

/** The address without its query, as it was sent. */
export function pathOf({ url }: Pick<FastifyRequest, 'url'>): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
