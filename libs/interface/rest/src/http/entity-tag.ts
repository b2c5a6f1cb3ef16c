import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { tagOf } from '@spillway/application';
import type { Request, Response } from 'express';
import { map, type Observable } from 'rxjs';

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

/** Gives tagged answers their strong `ETag`, and 304 to who has it already. */
@Injectable()
export class EntityTags implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<string>() !== 'http') return next.handle();
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    return next.handle().pipe(
      map((body: unknown) => {
        const record = typeof body === 'object' && body !== null ? records.get(body) : undefined;
        if (record === undefined) return body;
        const tag = `"${tagOf(record)}"`;
        response.setHeader('ETag', tag);
        // Express would do it, but not for `fetch`, which adds "Cache-Control: no-cache" to such a request.
        const isKnown = request.method === 'GET' && isAmong(tag, request.get('if-none-match'));
        if (isKnown) response.status(304);
        return body;
      }),
    );
  }
}

/** Weak and strong tags of the same state are the same here. */
const isAmong = (tag: string, list = ''): boolean =>
  list.split(',').some((known) => ['*', tag].includes(known.trim().replace(/^W\//, '')));
