import type { RawDelivery } from '@spillway/application';
import { ok, refusal, refuse, type Refusal, type Result } from '@spillway/kernel';

export type Form = 'json' | 'form';

/** The JSON of a body. `forms` says how it may be sent; a form has it in its field `payload`. */
export function readJson(
  { headers, body }: RawDelivery,
  forms: readonly Form[] = ['json'],
): Result<unknown, Refusal> {
  const form = formOf(headers['content-type'] ?? 'application/json');
  if (form === undefined || !forms.includes(form)) return refuse(notJson());
  const text = utf8(body);
  const json = form === 'form' && text !== undefined ? payloadOf(text) : text;
  const value = json === undefined ? undefined : parsed(json);
  return value === undefined ? refuse(notReadable()) : ok(value.json);
}

const json = /^application\/(?:[\w.!#$&^+-]+\+)?json$/;

function formOf(contentType: string): Form | undefined {
  const [type = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((each) => each.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && !['utf-8', 'utf8', '"utf-8"'].includes(charset)) return undefined;
  if (type === 'application/x-www-form-urlencoded') return 'form';
  return json.test(type) ? 'json' : undefined;
}

function utf8(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

const payloadOf = (form: string): string | undefined =>
  new URLSearchParams(form).get('payload') ?? undefined;

function parsed(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

const notJson = (): Refusal =>
  refusal(
    'UNSUPPORTED_MEDIA_TYPE',
    'The delivery is not JSON in UTF-8.',
    'Send it with "Content-Type: application/json".',
  );

const notReadable = (): Refusal =>
  refusal(
    'INVALID_INPUT',
    'The delivery’s body is not JSON, or not UTF-8.',
    'Check its syntax; sign and send the same bytes.',
  );
