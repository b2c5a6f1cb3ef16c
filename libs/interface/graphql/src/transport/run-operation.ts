import { refusal } from '@spillway/kernel';
import { Refused } from '@spillway/interface-problem';
import { execute, GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';

const tookTooLong = (ms: number): GraphQLError => {
  const refused = refusal(
    'TOOK_TOO_LONG',
    `The operation took longer than ${ms / 1_000} seconds.`,
    'Ask for less at once. Repeat a mutation with the same idempotency key: it is not done twice.',
  );
  return new GraphQLError(refused.message, {
    originalError: new Refused(refused),
    extensions: { http: { status: 504 } },
  });
};

/** A page of everything takes a second at most; who waits longer has given up. */
const usualTimeoutMs = 20_000;

/**
 * Executes a query or mutation, and stops waiting for it after `ms`. What it
 * began goes on: the database gives up by itself, by its own time-outs.
 */
export async function runOperation(
  args: ExecutionArgs,
  ms = usualTimeoutMs,
): Promise<ExecutionResult> {
  const result = execute(args);
  if (!(result instanceof Promise)) return result;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ExecutionResult>((resolve) => {
    timer = setTimeout(() => resolve({ errors: [tookTooLong(ms)] }), ms);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}
