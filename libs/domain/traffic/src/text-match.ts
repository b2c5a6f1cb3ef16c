/**
 * How a text is compared, in Istio's terms. `exact` and `prefix` are case-sensitive,
 * `regex` is RE2 and asks for the whole text, `present` for any text at all.
 */
export type TextMatch =
  | { readonly exact: string }
  | { readonly prefix: string }
  | { readonly regex: string }
  | { readonly present: true };

export type TextMatches = Readonly<Record<string, TextMatch>>;

/** `is v2`, `begins with /api`, `is like ^a.*`, `is there`. */
export function describeText(match: TextMatch): string {
  if ('exact' in match) return `is ${match.exact}`;
  if ('prefix' in match) return `begins with ${match.prefix}`;
  return 'regex' in match ? `is like ${match.regex}` : 'is there';
}
