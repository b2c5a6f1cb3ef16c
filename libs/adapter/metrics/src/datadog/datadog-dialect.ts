import { z } from 'zod';
import { headerOf, type Dialect } from '../backend-call/index.js';

/** `{"errors": ["…"]}` with a status of HTTP, `{"status": "error", "error": "…"}` with 200. */
const fault = z.union([
  z.object({ errors: z.array(z.string()).min(1) }).transform(({ errors }) => errors.join('; ')),
  z.object({ error: z.string().min(1) }).transform(({ error }) => error),
]);

export const datadogDialect: Dialect = {
  name: 'Datadog',
  meaningOf: ({ status, json }) =>
    status === 200 && failed.safeParse(json).success ? 'refused' : undefined,
  messageOf: (json) => fault.safeParse(json).data,
  /** Seconds until the limit of this endpoint counts anew. */
  waitMs({ headers }) {
    const reset = headerOf(headers, 'x-ratelimit-reset') ?? '';
    return /^\d+$/.test(reset) ? Number(reset) * 1_000 : undefined;
  },
};

const failed = z.object({ status: z.literal('error') });
