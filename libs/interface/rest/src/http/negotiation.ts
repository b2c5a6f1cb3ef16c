import { refusal } from '@spillway/kernel';
import { Refused } from '@spillway/interface-problem';
import type { NextFunction, Request, Response } from 'express';

const longestAddress = 8_192;

const isOfApi = ({ path }: Request): boolean =>
  path.startsWith('/api/v1/') && !path.startsWith('/api/v1/docs');

const isWatch = ({ path }: Request): boolean => path.endsWith('/watch');

/** A problem is sent as one to whoever asks for JSON. */
const json = ['application/json', 'application/problem+json'];

/** Refuses addresses that are too long, and requests whose answer could not be had in the wanted form. */
export function negotiate(request: Request, _: Response, next: NextFunction): void {
  if (request.originalUrl.length > longestAddress) return next(new Refused(tooLong()));
  if (!isOfApi(request)) return next();
  const forms = isWatch(request) ? ['text/event-stream'] : json;
  next(request.accepts(forms) === false ? new Refused(notAcceptable(forms[0] ?? '')) : undefined);
}

const tooLong = () =>
  refusal(
    'ADDRESS_TOO_LONG',
    `The address is longer than ${longestAddress} characters.`,
    'Send fewer or shorter parameters.',
  );

const notAcceptable = (form: string) =>
  refusal(
    'NOT_ACCEPTABLE',
    `The answer is ${form}, which the header Accept leaves out.`,
    `Leave Accept out, or add ${form} to it.`,
  );
