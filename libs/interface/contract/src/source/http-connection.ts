import { z } from 'zod';
import { document } from '../schema/document.js';
import { secretRef, type FieldsOf } from './connection-fields.js';

const placeholders = new Set(['query', 'from', 'to']);
const braces = /\{\{(.*?)\}\}/g;

const knowsAll = (url: string): boolean =>
  [...url.matchAll(braces)].every(([, name = '']) => placeholders.has(name));

const filledWith = (url: string, filling: string): URL | undefined => {
  const filled = url.replaceAll(braces, filling);
  return URL.canParse(filled) ? new URL(filled) : undefined;
};

const isWebAddress = (url: string): boolean =>
  /^https?:$/.test(filledWith(url, 'x')?.protocol ?? '');

/** Who is asked must not depend on what is asked for. */
const hasFixedHost = (url: string): boolean =>
  filledWith(url, 'x')?.origin === filledWith(url, 'y')?.origin;

/** They would be shown to everybody who may read where it is. */
const hasNoCredentials = (url: string): boolean => {
  const { username = '', password = '', hash = '' } = filledWith(url, 'x') ?? {};
  return username === '' && password === '' && hash === '';
};

const urlTemplate = z
  .string()
  .max(4_000)
  .refine(isWebAddress, { error: 'must be an http or https address', abort: true })
  .refine(knowsAll, { error: 'knows only {{query}}, {{from}} and {{to}}', abort: true })
  .refine(hasFixedHost, { error: 'must have no placeholder in its host or port', abort: true })
  .refine(hasNoCredentials, {
    error: 'must have no user and no fragment; write credentials as a header with a secret',
  });

/** RFC 6901. */
const jsonPointer = z
  .string()
  .max(500)
  .regex(/^(?:\/(?:[^~/]|~[01])*)*$/, {
    error: 'must be a JSON pointer such as "/data/0/value", or "" for the whole answer',
  });

const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, {
  error: 'must be the name of a header',
});
const headerText = z
  .string()
  .max(4_000)
  .regex(/^[\x20-\x7e]*$/, { error: 'must be printable ASCII characters' });

/** Of these every value is a credential. */
const credentials = new Set(['authorization', 'proxy-authorization', 'cookie']);

const headers = z
  .record(
    headerName,
    z.union([headerText, secretRef('The secret’s text is the value.')], {
      error: 'must be a text or { secret: NAME }',
    }),
  )
  .superRefine((written, context) => {
    for (const [name, value] of Object.entries(written)) {
      if (typeof value === 'string' && credentials.has(name.toLowerCase())) {
        const message = 'must be { secret: NAME }: its text would be shown to everybody';
        context.addIssue({ code: 'custom', path: [name], message });
      }
    }
  });

export const httpFields = document({
  url: urlTemplate.describe(
    'What is got; may use {{query}} {{from}} {{to}}, the moments in seconds since 1970.',
  ),
  path: jsonPointer.describe('JSON pointer to the number in the answer, such as /data/0/value.'),
  headers: headers
    .exactOptional()
    .describe('Headers by name, each a text or { secret: NAME } whose text is the whole value.'),
}).describe('Any address that answers with JSON.') satisfies z.ZodType<FieldsOf<'http'>>;
