import { refusal } from '@spillway/kernel';
import { Refused } from '@spillway/interface-problem';
import accepts from 'accepts';
import type { FastifyRequest } from 'fastify';
import { pathOf } from './path-of.js';

const longestAddress = 8_192;

const isOfApi = (path: string): boolean =>
  path.startsWith('/api/v1/') && !path.startsWith('/api/v1/docs');

/** A problem is sent as one to whoever asks for JSON. */
const json = ['application/json', 'application/problem+json'];

/** Refuses addresses that are too long, and requests whose answer could not be had in the wanted form. */
export function negotiate(request: FastifyRequest): void {
  if (request.url.length > longestAddress) throw new Refused(tooLong());
  const { accept = '*/*' } = request.headers;
  const path = pathOf(request);
  if (accept === '*/*' || !isOfApi(path)) return;
  const forms = path.endsWith('/watch') ? ['text/event-stream'] : json;
  if (accepts(request.raw).type(forms) === false) throw new Refused(notAcceptable(forms[0] ?? ''));
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
