import { isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import type { Body, Kind } from './kinds.js';

/** One document of a file, ready to be sent. */
export interface Manifest {
  /** Its place in the file, from 1. */
  readonly number: number;
  readonly kind: Kind;
  readonly name: string;
  readonly body: Body;
  /** The line of a field such as `steps[2].setWeight`, or of what is nearest around it. */
  readonly lineOf: (field?: string) => number;
}

/** Where fields are in the text that they were read from. */
export const linesOf =
  (root: Node, lines: LineCounter) =>
  (field = ''): number => {
    let node: unknown = root;
    let at = root.range?.[0] ?? 0;
    for (const key of field.match(/[^.[\]]+/g) ?? []) {
      const found = enter(node, key);
      if (found === undefined) break;
      [node, at] = [found.value, found.at ?? at];
    }
    return lines.linePos(at).line;
  };

function enter(
  node: unknown,
  key: string,
): { readonly value: unknown; readonly at: number | undefined } | undefined {
  if (isSeq<Node>(node)) {
    const item = node.items[Number(key)];
    return item === undefined ? undefined : { value: item, at: item.range?.[0] };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
  if (pair === undefined || !isScalar(pair.key)) return undefined;
  return { value: pair.value, at: pair.key.range?.[0] };
}
