import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';

/** Where something is in a text, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A field by its path, or what is nearest around it. */
export type PlaceOf = (path: string) => Place;

export const placesIn =
  (document: Document, lines: LineCounter): PlaceOf =>
  (path) => {
    let node: unknown = document.contents;
    let at = startOf(node) ?? 0;
    for (const key of keysOf(path)) {
      const found = enter(isAlias(node) ? node.resolve(document) : node, key);
      if (found === undefined) break;
      [node, at] = [found.value, found.at ?? at];
    }
    return placeAt(at, lines);
  };

export function placeAt(offset: number, lines: LineCounter): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

const part = /\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|[^.[\]]+/g;

/** `spec.http[0].headers["x-a"]` → `spec`, `http`, `0`, `headers`, `x-a`. */
export const keysOf = (path: string): readonly string[] =>
  [...path.matchAll(part)].map(([plain, index, quoted]) =>
    quoted === undefined ? (index ?? plain) : String(JSON.parse(quoted)),
  );

interface Entry {
  readonly value: unknown;
  readonly at: number | undefined;
}

function enter(node: unknown, key: string): Entry | undefined {
  if (isSeq<Node>(node)) {
    const item = node.items[Number(key)];
    return item === undefined ? undefined : { value: item, at: startOf(item) };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
  return pair === undefined ? undefined : { value: pair.value, at: startOf(pair.key) };
}

const startOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[0];
