import { tagOf } from '@spillway/application';
import type { NextFunction, Request, Response } from 'express';

const records = new WeakMap<object, unknown>();

/** The view of a record. The answer has the record's tag, which `If-Match` asks for at the next change. */
export function tagged<Known, View extends object>(
  known: Known,
  toView: (known: Known) => View,
  recordOf: (known: Known) => unknown = (record) => record,
): View {
  const view = toView(known);
  records.set(view, recordOf(known));
  return view;
}

/**
 * Writes JSON at once, where Express hashes each answer for a weak tag of its own. Tagged answers
 * get their strong `ETag`, and whoever has it already gets 304.
 */
export function answerJson(request: Request, response: Response, next: NextFunction): void {
  response.json = (body: unknown) => {
    const record = typeof body === 'object' && body !== null ? records.get(body) : undefined;
    if (record !== undefined && isKnown(request, response, `"${tagOf(record)}"`)) {
      response.status(304).end();
      return response;
    }
    const text = JSON.stringify(body);
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', Buffer.byteLength(text));
    response.end(text);
    return response;
  };
  next();
}

function isKnown(request: Request, response: Response, tag: string): boolean {
  response.setHeader('ETag', tag);
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  return isReading && isAmong(tag, request.get('if-none-match'));
}

/** Weak and strong tags of the same state are the same here. */
const isAmong = (tag: string, list = ''): boolean =>
  list.split(',').some((known) => ['*', tag].includes(known.trim().replace(/^W\//, '')));
