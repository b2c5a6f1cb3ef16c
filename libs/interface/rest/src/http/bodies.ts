import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { refusal } from '@spillway/kernel';
import { Refused } from '@spillway/interface-problem';
import type { NextFunction, Request, Response } from 'express';

const megabyte = 1_048_576;
const jsonTypes = ['application/json', 'application/*+json'];

/** Reads JSON bodies of up to 1 MB, and refuses what would be read as something else than was sent. */
export function readBodies(app: NestExpressApplication): void {
  app.use(refuseOtherBodies);
  app.useBodyParser('raw', { limit: megabyte, type: isSigned, inflate: false });
  // Nest's type leaves "verify" out, because its own "rawBody" would replace it.
  const options = { limit: megabyte, type: jsonTypes, verify, reviver };
  app.useBodyParser('json', options);
}

/** Its bytes are what is signed: nobody reads them before that is known. */
const isSigned = ({ url = '' }: IncomingMessage): boolean => url.startsWith('/hooks/');

/** `getPrototypeOf` of whoever copies such an object would change. */
function reviver(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('"__proto__" is no field');
  return value;
}

/** Decoding would put U+FFFD in the place of what is no UTF-8. Signatures are checked over the raw bytes. */
function verify(
  request: IncomingMessage & { rawBody?: Buffer },
  _: unknown,
  bytes: Buffer,
  encoding: string,
): void {
  request.rawBody = bytes;
  if (encoding !== 'utf-8') throw new Refused(notJson(`encoded as ${encoding}`));
  if (!isUtf8(bytes)) throw new Refused(notUtf8());
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Only of the API: other doors take forms of their own. */
function refuseOtherBodies(request: Request, _: Response, next: NextFunction): void {
  const isApi = request.path.startsWith('/api/');
  if (!isApi || !hasBody(request) || request.is(jsonTypes) !== false) return next();
  next(new Refused(notJson(request.get('content-type') ?? 'of no type')));
}

const notJson = (sent: string) =>
  refusal(
    'UNSUPPORTED_MEDIA_TYPE',
    `The body is ${sent.slice(0, 100)}; JSON in UTF-8 is what is read here.`,
    'Send JSON with "Content-Type: application/json".',
  );

const notUtf8 = () =>
  refusal('INVALID_INPUT', 'The body is not valid UTF-8.', 'Encode it as UTF-8 and send it again.');
