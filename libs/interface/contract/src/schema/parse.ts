import { ok, refusal, refuse, type FieldError, type Refusal, type Result } from '@spillway/kernel';
import type { z } from 'zod';
import { unstorableIn } from './unstorable.js';

type Issue = z.core.$ZodIssue;

interface Wrong {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * Reads what somebody sent by a schema. The refusal names every wrong field in
 * `errors`, as `steps[2].setWeight`, and never repeats a value that may be secret.
 * Its message names as many of the wrong fields as `shown` says, and counts the rest.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  shown = 1,
): Result<z.output<Schema>, Refusal> {
  if (input === undefined) return refuse(nothingSent());
  const outcome = schema.safeParse(input);
  if (!outcome.success) return refuse(toRefusal(outcome.error.issues, shown));
  const unstorable = unstorableIn(outcome.data, []);
  return unstorable === undefined ? ok(outcome.data) : refuse(notStorable(unstorable));
}

const notStorable = (path: readonly PropertyKey[]): Refusal => {
  const field = formatPath(path);
  return refusal(
    'INVALID_INPUT',
    `${field}: holds a character that cannot be stored.`,
    'Remove U+0000 and unpaired surrogates from it.',
    field,
  );
};

const nothingSent = (): Refusal =>
  refusal(
    'INVALID_INPUT',
    'The request has no JSON body.',
    'Send the document as JSON with "Content-Type: application/json".',
  );

function toRefusal(issues: readonly Issue[], shown: number): Refusal {
  const wrong = [...issues].sort(unknownFieldsFirst).map((issue) => narrow(issue, []));
  const more = wrong.length > shown ? ` (and ${wrong.length - shown} more)` : '';
  const named = wrong.slice(0, shown).map(({ path, message }) => {
    const at = formatPath(path);
    return `${at === '' ? 'The document' : at}: ${message}`;
  });
  const field = formatPath(wrong[0]?.path ?? []);
  const refused = refusal(
    'INVALID_INPUT',
    sentence(`${named.join('; ')}${more}`),
    'Correct it and send the request again.',
    field === '' ? undefined : field,
  );
  return { ...refused, errors: wrong.slice(0, mostErrors).map(toFieldError) };
}

/** More would bury the first ones, and a list of a thousand items may be wrong in each. */
const mostErrors = 100;

const toFieldError = ({ path, message }: Wrong): FieldError => ({
  field: formatPath(path),
  message,
});

/** A mistyped field is often why another one is missing. */
const unknownFieldsFirst = (a: Issue, b: Issue): number =>
  Number(b.code === 'unrecognized_keys') - Number(a.code === 'unrecognized_keys');

const sentence = (text: string): string => (text.endsWith('?') ? text : `${text}.`);

/**
 * In a union only one alternative can be meant when all of its complaints lie inside of it; of
 * several, the one that knows all fields that are written.
 */
function meantBy(alternatives: readonly Issue[][]): readonly Issue[] {
  const inside = alternatives.filter((issues) => issues.every(({ path }) => path.length > 0));
  const known = inside.filter((issues) => issues.every(({ code }) => code !== 'unrecognized_keys'));
  const [meant, ...others] = inside.length > 1 ? known : inside;
  return others.length === 0 ? [...(meant ?? [])].sort(unknownFieldsFirst) : [];
}

function narrow(issue: Issue, parents: readonly PropertyKey[]): Wrong {
  const path = [...parents, ...issue.path];
  if (issue.code === 'invalid_key') {
    return { path, message: withoutStop(issue.issues[0]?.message ?? issue.message) };
  }
  if (issue.code !== 'invalid_union') return { path, message: withoutStop(issue.message) };
  const [only] = meantBy(issue.errors);
  return only === undefined ? { path, message: withoutStop(issue.message) } : narrow(only, path);
}

const withoutStop = (text: string): string =>
  text
    .replace(/\.$/, '')
    .replace(/^Invalid input: /, '')
    .replace(/, received undefined$/, ', but it is missing');

const formatPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
