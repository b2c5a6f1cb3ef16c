import { isUtf8 } from 'node:buffer';
import { refusal } from '@spillway/kernel';
import { Refused } from '@spillway/interface-problem';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export const mostBytes = 1_048_576;
const json = /^application\/(?:json|[\w.+-]+\+json)\s*(?:;|$)/i;
/** Webhooks are signed as bytes, and Flagger's tools send JSON under any type. */
const raw = /^\/(?:hooks|gate|rollback)\//;

/** Reads JSON bodies of up to 1 MB, and refuses what would be read as something else than was sent. */
export function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      done(null, read(request, bytes));
    } catch (error) {
      done(error as Error);
    }
  });
}

function read({ url, headers }: FastifyRequest, bytes: Buffer): unknown {
  const { 'content-type': type = 'of no type', 'content-encoding': coding = 'identity' } = headers;
  if (coding.toLowerCase() !== 'identity') throw new Refused(notJson(`encoded as ${coding}`));
  if (raw.test(url)) return bytes;
  if (bytes.length === 0) return undefined;
  if (json.test(type)) return readJson(type, bytes);
  if (url.startsWith('/api/')) throw new Refused(notJson(type));
  // Other doors say themselves what they want.
  return undefined;
}

function readJson(type: string, bytes: Buffer): unknown {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) throw new Refused(notJson(`encoded as ${charset}`));
  // Decoding would put U+FFFD in the place of what is no UTF-8.
  if (!isUtf8(bytes)) throw new Refused(notUtf8());
  const body = parse(bytes.toString());
  // Where the body may be absent it would be taken for that.
  if (body === null) throw new Refused(malformed('null is no document'));
  return body;
}

/** Also what is nested so deeply that nobody could walk it is no JSON here. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch (error) {
    throw new Refused(malformed((error as Error).message.slice(0, 200)));
  }
}

/** `getPrototypeOf` of whoever copies such an object would change. */
function reviver(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('"__proto__" is no field');
  return value;
}

const notJson = (sent: string) =>
  refusal(
    'UNSUPPORTED_MEDIA_TYPE',
    `The body is ${sent.slice(0, 100)}; JSON in UTF-8, as it is, is what is read here.`,
    'Send JSON with "Content-Type: application/json" and without "Content-Encoding".',
  );

const malformed = (why: string) =>
  refusal('INVALID_INPUT', `The body is not JSON: ${why}.`, 'Check the syntax, and send it again.');

const notUtf8 = () =>
  refusal('INVALID_INPUT', 'The body is not valid UTF-8.', 'Encode it as UTF-8 and send it again.');
