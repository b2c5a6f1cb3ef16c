import type { NumberSource, SecretRef } from '@spillway/application';
import { CodedError } from '@spillway/kernel';
import { createJsonSource, type ConnectionTo, type SourceDeps } from '../backend-call/index.js';
import { readPointed } from './http-answer.js';
import { parsePointer } from './json-pointer.js';
import { parseUrlTemplate } from './url-template.js';

/** Whatever answers a GET with JSON that has the number in it. Throws `INVALID_INPUT`. */
export function createHttpSource(
  { url, path, headers = {}, timeoutMs }: ConnectionTo<'http'>,
  deps: SourceDeps,
): NumberSource {
  const template = parseUrlTemplate(url);
  const tokens = parsePointer(path);
  if (tokens === undefined) throw notAPointer(path);
  const given = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  const secrets = given.filter(
    (header): header is readonly [string, SecretRef] => typeof header[1] !== 'string',
  );
  const plain = given.filter(([, value]) => typeof value === 'string') as [string, string][];
  return createJsonSource(
    {
      url: template.origin,
      timeoutMs,
      dialect: { name: 'The backend' },
      secrets: Object.fromEntries(secrets),
      call: (question, opened) => ({
        method: 'GET',
        path: template.fill(question),
        headers: {
          ...Object.fromEntries(plain),
          ...Object.fromEntries(Object.entries(opened).map(([name, { text }]) => [name, text])),
        },
      }),
      read: (json) => readPointed(json, tokens, path),
    },
    deps,
  );
}

const notAPointer = (path: string): CodedError =>
  new CodedError(
    'INVALID_INPUT',
    `"${path}" is not a JSON pointer.`,
    'Write it as in "/data/0/value" (RFC 6901).',
  );
