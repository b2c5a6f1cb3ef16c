import type { Fields } from './value.js';

/** Istio's StringMatch. `present` is written `{}`, and by tradition also `regex: "*"`, which is no RE2 pattern. */
export type TextMatch =
  | { readonly kind: 'exact'; readonly value: string }
  | { readonly kind: 'prefix'; readonly value: string }
  | { readonly kind: 'regex'; readonly value: string }
  | { readonly kind: 'present' };

const kinds = ['exact', 'prefix', 'regex'] as const;

export function readTextMatch(fields: Fields): TextMatch {
  for (const kind of kinds) {
    const value = fields[kind];
    if (typeof value !== 'string') continue;
    return kind === 'regex' && value === '*' ? { kind: 'present' } : { kind, value };
  }
  return { kind: 'present' };
}

/** In words, as explanations quote it. */
export const inWords = (match: TextMatch): string =>
  match.kind === 'present' ? 'any value' : `${match.kind} "${match.value}"`;
