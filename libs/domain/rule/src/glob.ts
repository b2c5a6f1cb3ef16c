/**
 * Whether a text is what a pattern says: `*` stands for any characters but `/`,
 * `**` for any, `?` for one that is not `/`; everything else for itself.
 *
 * Walks through the text once with every place of the pattern that it may have
 * come to, so that no pattern makes it slow.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const tokens = tokensOf(pattern);
  let places = withSkipped(tokens, new Set([0]));
  for (const character of text) {
    places = withSkipped(tokens, step(tokens, places, character));
  }
  return places.has(tokens.length);
}

const tokensOf = (pattern: string): readonly string[] => pattern.match(/\*{2,}|./gsu) ?? [];

const isStar = (token: string | undefined): boolean => token?.startsWith('*') === true;

/** A star may stand for nothing. */
function withSkipped(tokens: readonly string[], places: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(places);
  for (const place of all) if (isStar(tokens[place])) all.add(place + 1);
  return all;
}

function step(
  tokens: readonly string[],
  places: ReadonlySet<number>,
  character: string,
): ReadonlySet<number> {
  const next = new Set<number>();
  for (const place of places) {
    const token = tokens[place];
    if (token === undefined || !takes(token, character)) continue;
    next.add(isStar(token) ? place : place + 1);
  }
  return next;
}

function takes(token: string, character: string): boolean {
  if (token.length > 1 && isStar(token)) return true;
  if (token === '*' || token === '?') return character !== '/';
  return token === character;
}
