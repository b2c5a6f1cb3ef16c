import type { Page, PageRequest } from '@spillway/application';
import type { Refusal, Result } from '@spillway/kernel';
import { toPageRequest } from '@spillway/interface-contract';

export interface ListArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor?: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string };
}

/** `first` and `after` are REST’s `limit` and `cursor`. */
export const toPage = ({ first, after }: ListArguments): Result<PageRequest, Refusal> =>
  toPageRequest({ limit: first ?? undefined, cursor: after ?? undefined });

export function toConnection<Item, Node>(
  { items, next }: Page<Item>,
  view: (item: Item) => Node,
): Connection<Node> {
  const end = next === undefined ? {} : { cursor: next };
  return {
    edges: items.map((item, index) => ({
      node: view(item),
      ...(index === items.length - 1 ? end : {}),
    })),
    pageInfo: {
      hasNextPage: next !== undefined,
      ...(next === undefined ? {} : { endCursor: next }),
    },
  };
}
