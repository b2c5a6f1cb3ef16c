import type { Page } from '@spillway/application';
import { z } from 'zod';

/** The envelope of every list. */
export const pageView = <Item extends z.ZodType>(item: Item, what: string) =>
  z
    .object({
      items: z.array(item).describe('The items of this page.'),
      next: z.string().optional().describe('The cursor of the next page; absent on the last one.'),
    })
    .describe(`A page of ${what}.`);

export const toPageView = <From, To>(
  page: Page<From>,
  view: (item: From) => To,
): { items: To[]; next?: string } => ({
  items: page.items.map(view),
  ...(page.next === undefined ? {} : { next: page.next }),
});
