import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { setRequestId } from './exchange.js';

/** Anything else could forge lines in a log. */
const sane = /^[\w.:/+=-]{1,128}$/;

/** Gives every request an id, the caller’s own where it is sane, and says it in the answer. */
export function giveRequestId(request: Request, response: Response, next: NextFunction): void {
  const sent = request.get('x-request-id');
  const id = sent !== undefined && sane.test(sent) ? sent : randomUUID();
  setRequestId(response, id);
  response.setHeader('X-Request-Id', id);
  next();
}
