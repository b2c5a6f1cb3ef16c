import { tagOf } from '@spillway/application';
import type { FastifyReply, FastifyRequest } from 'fastify';

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

/** Tagged answers get their strong `ETag`, and whoever has it already gets 304. */
export function answerTagged(request: FastifyRequest, reply: FastifyReply, view: unknown): void {
  const known = typeof view === 'object' && view !== null ? records.get(view) : undefined;
  if (known === undefined) return;
  const tag = `"${tagOf(known.record)}"`;
  reply.header('etag', tag);
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  const mayBeKnown = isReading && !known.isLive;
  if (mayBeKnown && isAmong(tag, request.headers['if-none-match'])) reply.code(304);
}

/** Weak and strong tags of the same state are the same here. */
const isAmong = (tag: string, list = ''): boolean =>
  list.split(',').some((known) => ['*', tag].includes(known.trim().replace(/^W\//, '')));
