import { z } from 'zod';
import type { BackendReply, Dialect, Meaning } from '../backend-call/index.js';

const awsError = z.object({
  /** Such as `com.amazon.coral.service#AccessDeniedException`. */
  __type: z.string(),
  message: z.string().optional(),
  Message: z.string().optional(),
});

const tooOften = /^(?:Throttl|RequestLimitExceeded|TooManyRequests|LimitExceeded)/;
const badCredentials =
  /^(?:AccessDenied|UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|ExpiredToken|RequestExpired|OptInRequired|NotAuthorized)/;

/** AWS says with 400 what HTTP has statuses of its own for. */
function meaningOf({ status, json }: BackendReply): Meaning | undefined {
  if (status < 400) return undefined;
  const code = codeOf(json) ?? '';
  if (tooOften.test(code)) return 'tooOften';
  return badCredentials.test(code) ? 'badCredentials' : undefined;
}

function codeOf(json: unknown): string | undefined {
  const type = awsError.safeParse(json).data?.__type;
  return type?.slice(type.lastIndexOf('#') + 1);
}

function messageOf(json: unknown): string | undefined {
  const parsed = awsError.safeParse(json);
  if (!parsed.success) return undefined;
  const words = parsed.data.message ?? parsed.data.Message;
  return [codeOf(json), words].filter((text) => text !== undefined).join(': ');
}

const firstWaitMs = 5_000;
const longestWaitMs = 300_000;

/**
 * How AWS says what went wrong. It does not say for how long it wants to be left alone: that is
 * doubled every time that it throttles again, until it answers.
 */
export function awsDialect(): Dialect {
  let throttledInARow = 0;
  return {
    name: 'CloudWatch',
    meaningOf: (reply) => {
      const meaning = meaningOf(reply);
      throttledInARow = meaning === 'tooOften' ? throttledInARow + 1 : 0;
      return meaning;
    },
    messageOf,
    waitMs: () =>
      throttledInARow === 0
        ? undefined
        : Math.min(firstWaitMs * 2 ** (throttledInARow - 1), longestWaitMs),
  };
}
