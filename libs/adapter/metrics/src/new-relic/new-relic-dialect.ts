import { z } from 'zod';
import type { Dialect, Meaning } from '../backend-call/index.js';

/** NerdGraph fails with status 200, and says in the body what it means. */
const failed = z.object({
  errors: z
    .array(
      z.object({
        message: z.string().optional(),
        extensions: z
          .object({ errorClass: z.string().optional(), errorCode: z.string().optional() })
          .optional(),
      }),
    )
    .min(1),
});

const meanings: ReadonlyMap<string, Meaning> = new Map([
  ['BAD_API_KEY', 'badCredentials'],
  ['UNAUTHENTICATED', 'badCredentials'],
  ['ACCESS_DENIED', 'badCredentials'],
  ['FORBIDDEN', 'badCredentials'],
  ['TOO_MANY_REQUESTS', 'tooOften'],
  ['TIMEOUT', 'backendsTrouble'],
  ['SERVER_ERROR', 'backendsTrouble'],
  ['INTERNAL_SERVER_ERROR', 'backendsTrouble'],
]);

export const newRelicDialect: Dialect = {
  name: 'New Relic',
  meaningOf({ status, json }) {
    const read = failed.safeParse(json);
    if (status !== 200 || !read.success) return undefined;
    const words = read.data.errors.flatMap(({ extensions }) => [
      extensions?.errorCode ?? '',
      extensions?.errorClass ?? '',
    ]);
    return words.map((word) => meanings.get(word)).find(isKnown) ?? 'refused';
  },
  messageOf(json) {
    const said = failed.safeParse(json).data?.errors.flatMap(({ message }) => message ?? []);
    return said === undefined || said.length === 0 ? undefined : said.join('; ');
  },
};

const isKnown = (meaning: Meaning | undefined): meaning is Meaning => meaning !== undefined;
