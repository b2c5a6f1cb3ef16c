/**
 * Text of others for a terminal: without control characters, which could move
 * the cursor or recolour the screen, and without marks that reverse reading order.
 */
export const printable = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- removing them is the purpose
  text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');

/** At most so many characters; what is left out shows as "…". */
export function cut(text: string, width: number): string {
  const characters = Array.from(text);
  if (characters.length <= width) return text;
  return width < 1 ? '' : `${characters.slice(0, width - 1).join('')}…`;
}

/** Lines of at most `width`, broken between words; the last one is cut when there are more. */
export function wrap(text: string, width: number, most: number): readonly string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width || lines.length === most || line === '') {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines.map((line) => cut(line, width));
}
