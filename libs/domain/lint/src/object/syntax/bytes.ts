/** How many bytes the text takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** How many bytes a base64 text stands for. */
export const base64Length = (text: string): number =>
  Math.floor((text.replace(/=+$/, '').length * 3) / 4);
