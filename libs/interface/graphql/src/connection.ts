import type { Page, PageRequest } from '@spillway/application';
import type { Refusal, Result } from '@spillway/kernel';
import { toPageRequest } from '@spillway/interface-contract';
import { withoutNulls } from './outcome.js';

export interface ListArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly orderBy?: string | null | undefined;
}

export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** The words of REST for an order. */
const sorts: Readonly<Record<string, string>> = {
  ascending: 'name',
  descending: '-name',
  newestFirst: '-createdAt',
  oldestFirst: 'createdAt',
};

/** What a list is asked for, in the words of REST: `first`, `after` and `orderBy` are `limit`, `cursor` and `sort`. */
export const inRestWords = ({ first, after, orderBy, ...others }: ListArguments) =>
  withoutNulls({ ...others, limit: first, cursor: after, sort: sorts[orderBy ?? ''] });

export const toPage = ({ first, after, orderBy }: ListArguments): Result<PageRequest, Refusal> =>
  toPageRequest(inRestWords({ first, after, orderBy }));

/** A page as Relay wants it. There is something before whatever was read on after. */
export function toConnection<Item, Node>(
  { items, cursors, next }: Page<Item>,
  view: (item: Item) => Node,
  { after }: ListArguments = {},
): Connection<Node> {
  return {
    edges: items.map((item, index) => ({ node: view(item), cursor: cursors[index] ?? '' })),
    pageInfo: {
      hasNextPage: next !== undefined,
      hasPreviousPage: typeof after === 'string',
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
  };
}
