/**
 * Two connections of which istiod cannot be asked for the first: it dumps any one
 * whose id contains what it is asked for, and `web-1.shop-1` is in `xweb-1.shop-12`.
 */
export function ambiguous(
  connectionIds: readonly string[],
): readonly [asked: string, other: string] | undefined {
  const byHead = new Map<string, string[]>();
  for (const id of connectionIds) {
    const [head] = split(id);
    byHead.set(head, [...(byHead.get(head) ?? []), id]);
  }
  for (const other of connectionIds) {
    const [head, tail] = split(other);
    for (let from = 0; from < head.length; from += 1) {
      const asked = byHead
        .get(head.slice(from))
        ?.find((id) => id !== other && tail.startsWith(split(id)[1]));
      if (asked !== undefined) return [asked, other];
    }
  }
  return undefined;
}

/** `web-1` and `shop-17`: a namespace has no dot. */
function split(id: string): readonly [head: string, tail: string] {
  const dot = id.lastIndexOf('.');
  return [id.slice(0, dot), id.slice(dot + 1)];
}
