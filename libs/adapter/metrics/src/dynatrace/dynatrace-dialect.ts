import { z } from 'zod';
import { headerOf, type Dialect } from '../backend-call/index.js';

const fault = z.object({
  error: z.object({
    message: z.string(),
    constraintViolations: z
      .array(z.object({ path: z.string().nullish(), message: z.string() }))
      .nullish(),
  }),
});

export const dynatraceDialect: Dialect = {
  name: 'Dynatrace',
  messageOf(json) {
    const read = fault.safeParse(json);
    if (!read.success) return undefined;
    const { message, constraintViolations } = read.data.error;
    const parts = (constraintViolations ?? []).map((one) =>
      one.path ? `${one.path}: ${one.message}` : one.message,
    );
    return [message, ...parts].join(' ');
  },
  /** Of Managed clusters: a moment, in microseconds since 1970. */
  waitMs({ headers }, now) {
    const reset = headerOf(headers, 'x-ratelimit-reset') ?? '';
    return /^\d+$/.test(reset) ? Math.max(0, Math.round(Number(reset) / 1_000) - now) : undefined;
  },
};
