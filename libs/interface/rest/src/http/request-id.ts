import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Anything else could forge lines in a log. */
const sane = /^[\w.:/+=-]{1,128}$/;

/** Every request has an id: the caller’s own where it is sane. */
export function requestIdFor({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && sane.test(sent) ? sent : randomUUID();
}
