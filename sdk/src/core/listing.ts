import type { Page } from '../types.js';

/**
 * A list, before it is asked for. Awaited, it is its first page; iterated, it
 * is every item, and pages are fetched as they are used up. Nothing is sent
 * before one of the two.
 *
 * ```ts
 * const { items, next } = await spillway.releases.list({ limit: 20 });
 * for await (const release of spillway.releases.list()) console.log(release.id);
 * ```
 */
export class Listing<Item, P extends Page<Item> = Page<Item>>
  implements Promise<P>, AsyncIterable<Item>
{
  readonly [Symbol.toStringTag] = 'Listing';
  private first: Promise<P> | undefined;

  constructor(private readonly fetchPage: (cursor: string | undefined) => Promise<P>) {}

  then<A = P, B = never>(
    fulfilled?: ((page: P) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.firstPage().then(fulfilled, rejected);
  }

  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<P | B> {
    return this.firstPage().catch(rejected);
  }

  finally(settled?: (() => void) | null): Promise<P> {
    return this.firstPage().finally(settled);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void> {
    for await (const { items } of this.pages()) yield* items;
  }

  /** Page by page, to the last. */
  async *pages(): AsyncGenerator<P, void> {
    let page = await this.firstPage();
    yield page;
    while (page.next !== undefined) {
      page = await this.fetchPage(page.next);
      yield page;
    }
  }

  /** The first `count` items; no page is fetched that is not needed for them. */
  async take(count: number): Promise<Item[]> {
    const taken: Item[] = [];
    if (count <= 0) return taken;
    for await (const item of this) {
      taken.push(item);
      if (taken.length >= count) break;
    }
    return taken;
  }

  private firstPage(): Promise<P> {
    return (this.first ??= this.fetchPage(undefined));
  }
}

/** For resources: `fetchPage` gets the options with the cursor of the page that is wanted. */
export const listing = <Item, Options extends { readonly cursor?: string | undefined }>(
  options: Options,
  fetchPage: (options: Options) => Promise<Page<Item>>,
): Listing<Item> => new Listing((cursor = options.cursor) => fetchPage({ ...options, cursor }));
