import { tagOf } from '@spillway/application';
import type { NextFunction, Request, Response } from 'express';

interface Tagged {
  readonly record: unknown;
  /** The view says what else moves, such as whether a cluster answers: who has the tag does not have the view. */
  readonly isLive: boolean;
}

const records = new WeakMap<object, Tagged>();

/** The view of a record. The answer has the record's tag, which `If-Match` asks for at the next change. */
export function tagged<Record, View extends object>(
  record: Record,
  toView: (record: Record) => View,
): View {
  const view = toView(record);
  records.set(view, { record, isLive: false });
  return view;
}

/** The same of something that also says what nobody changes: nobody is told that it is as it was. */
export function taggedLive<Known, View extends object>(
  known: Known,
  toView: (known: Known) => View,
  recordOf: (known: Known) => unknown,
): View {
  const view = toView(known);
  records.set(view, { record: recordOf(known), isLive: true });
  return view;
}

/**
 * Writes JSON at once, where Express hashes each answer for a weak tag of its own. Tagged answers
 * get their strong `ETag`, and whoever has it already gets 304.
 */
export function answerJson(request: Request, response: Response, next: NextFunction): void {
  response.json = (body: unknown) => {
    const known = typeof body === 'object' && body !== null ? records.get(body) : undefined;
    if (known !== undefined && isWithCaller(request, response, known)) {
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

function isWithCaller(request: Request, response: Response, { record, isLive }: Tagged): boolean {
  const tag = `"${tagOf(record)}"`;
  response.setHeader('ETag', tag);
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  return isReading && !isLive && isAmong(tag, request.get('if-none-match'));
}

/** Weak and strong tags of the same state are the same here. */
const isAmong = (tag: string, list = ''): boolean =>
  list.split(',').some((known) => ['*', tag].includes(known.trim().replace(/^W\//, '')));
