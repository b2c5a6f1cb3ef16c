/** Writes one character in a vendor's markup. */
export type Escape = (character: string) => string;

const asItIs: Escape = (character) => character;

// Line ends, other control characters, and those that turn the direction of writing around.
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** What people wrote becomes part of a line: it cannot begin another one, or hide in one. */
export const oneLine = (text: string): string => text.replaceAll(unprintable, ' ').trim();

/**
 * One line of at most `limit` UTF-16 units, with an ellipsis where something is missing.
 * Escapes character by character, so that no escape sequence is cut in two.
 */
export function fit(text: string, limit: number, escape: Escape = asItIs): string {
  let fitted = '';
  let fittedBefore = '';
  for (const character of oneLine(text)) {
    const longer = fitted + escape(character);
    if (longer.length > limit) return `${fittedBefore}…`;
    fitted = longer;
    if (fitted.length < limit) fittedBefore = fitted;
  }
  return fitted;
}

/** How many bytes a text has in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else bytes += code < 0x1_00_00 ? 3 : 4;
  }
  return bytes;
}
