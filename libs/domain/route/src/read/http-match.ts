import { fieldsOf } from '@spillway/domain-istio';
import { readClientMatch } from './client-match.js';
import type { ClientMatch } from './client-match.js';
import { readTextMatch } from './text-match.js';
import type { TextMatch } from './text-match.js';
import { givenFields, textOf } from './value.js';
import type { Fields } from './value.js';

export type TextMatches = Readonly<Record<string, TextMatch>>;

/** One block of `http[].match`: everything in it must hold. */
export interface HttpMatch {
  readonly name: string;
  readonly client: ClientMatch;
  readonly uri?: TextMatch;
  readonly scheme?: TextMatch;
  readonly method?: TextMatch;
  readonly authority?: TextMatch;
  readonly headers: TextMatches;
  readonly withoutHeaders: TextMatches;
  readonly queryParams: TextMatches;
  readonly ignoreUriCase: boolean;
}

export const singleMatches = ['uri', 'scheme', 'method', 'authority'] as const;
export const mappedMatches = ['headers', 'withoutHeaders', 'queryParams'] as const;

export function readHttpMatch(value: unknown, namespace: string): HttpMatch {
  const match = fieldsOf(value);
  return {
    name: textOf(match['name']) ?? '',
    client: readClientMatch(match, namespace),
    ...readSingles(match),
    headers: readMap(match['headers']),
    withoutHeaders: readMap(match['withoutHeaders']),
    queryParams: readMap(match['queryParams']),
    ignoreUriCase: match['ignoreUriCase'] === true,
  };
}

const readSingles = (match: Fields): Pick<HttpMatch, (typeof singleMatches)[number]> =>
  Object.fromEntries(
    singleMatches.flatMap((key) => {
      const fields = givenFields(match[key]);
      return fields === undefined ? [] : [[key, readTextMatch(fields)] as const];
    }),
  );

const readMap = (value: unknown): TextMatches =>
  Object.fromEntries(
    Object.entries(fieldsOf(value)).map(([name, match]) => [name, readTextMatch(fieldsOf(match))]),
  );
