import { z } from 'zod';
import { failure, type SourceError } from './source-answer.js';

export type Shaped<T> = { readonly kind: 'shaped'; readonly value: T } | SourceError;

/** Reads an answer in the form that the backend documents; anything else is an error, never "empty". */
export function shaped<T>(schema: z.ZodType<T>, json: unknown): Shaped<T> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: 'shaped', value: parsed.data };
  const [first] = parsed.error.issues;
  const where = first?.path.join('.') ?? '';
  return failure(
    `the answer is not in the form that is documented: ${where || 'body'}: ${first?.message ?? 'unreadable'}`,
  );
}

/** `null` where there is no result. 1e999 is a number of JSON, and infinite for us; zod would call it none. */
export const jsonNumber = z
  .custom<number>((value) => typeof value === 'number', 'Invalid input: expected number')
  .nullable();
