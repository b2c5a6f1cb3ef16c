import { hash } from 'node:crypto';
import { refusal, type Refusal } from '@spillway/kernel';
import { Refused } from '@spillway/interface-problem';
import type {
  FastifyReply,
  FastifyRequest,
  onRequestHookHandler,
  onResponseHookHandler,
  preHandlerAsyncHookHandler,
} from 'fastify';
import ipaddr from 'ipaddr.js';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { identityOf } from '../auth/identity.js';
import type { HttpSettings } from './http-settings.js';
import { pathOf } from './path-of.js';

const seconds = 60;
const mostKnown = 10_000;

/** What takes traffic back to the stable version; something else may be called `abort`. */
const rollback =
  /^\/(?:api\/v1\/(?:releases\/[^/]+\/(?:abort|reject|undo)|egress-policies\/[^/]+\/rollback)|rollback\/(?:open|check|close))\/?$/i;

/** Whoever runs the process asks for it, from one address and often. */
const health = /^\/(?:health\/|healthz$|readyz$)/;

/** Such a request is refused by no limit: whoever is on call comes first. */
function isExempt({ isRollback }: HttpSettings, request: FastifyRequest): boolean {
  const path = pathOf(request);
  return (
    health.test(path) ||
    (request.method === 'POST' && rollback.test(path)) ||
    isRollback?.(path, request.body) === true
  );
}

/** Of IPv6 the first 56 bits: what one customer of a provider has. */
function addressOf({ ip }: FastifyRequest): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  return address.kind() === 'ipv4'
    ? address.toString()
    : Buffer.from(address.toByteArray().slice(0, 7)).toString('hex');
}

const digests = new WeakMap<FastifyRequest, string>();

/** Of the token, which must not be kept; `undefined` where none was sent. */
function digestOf(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return undefined;
  const known = digests.get(request);
  const digest = known ?? hash('sha256', authorization, 'base64');
  if (known === undefined) digests.set(request, digest);
  return digest;
}

/** Counts the requests of each token, and of each address where there is none. Each process counts by itself. */
export function limitTokens(settings: HttpSettings): preHandlerAsyncHookHandler | undefined {
  const { requestsPerMinute: limit } = settings;
  if (limit === 0) return undefined;
  const counter = new RateLimiterMemory({ points: limit, duration: seconds });
  const policy = `${limit};w=${seconds}`;
  return async (request, reply) => {
    if (isExempt(settings, request)) return;
    const used = await count(counter, digestOf(request) ?? addressOf(request));
    const reset = String(Math.ceil(used.msBeforeNext / 1_000));
    reply.headers({
      'ratelimit-policy': policy,
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(used.remainingPoints),
      'ratelimit-reset': reset,
    });
    if (used.consumedPoints <= limit) return;
    reply.header('retry-after', reset);
    throw new Refused(tooMany('The token sent too many requests.'));
  };
}

/** The library rejects with the same that it resolves with. */
const count = (counter: RateLimiterMemory, key: string): Promise<RateLimiterRes> =>
  counter.consume(key).catch((used: RateLimiterRes) => used);

/**
 * Refuses an address that sent too many requests without a valid token, before anything is read.
 * Tokens that were good a moment ago pass: others behind the same address cannot lock them out.
 */
export function limitFailedLogins(settings: HttpSettings): FailedLogins {
  const { failedLoginsPerMinute: limit } = settings;
  const failures = new RateLimiterMemory({ points: limit, duration: seconds });
  const known = new Set<string>();
  const refuseGuesses = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const failed = await failures.get(addressOf(request));
    if ((failed?.consumedPoints ?? 0) < limit || isExempt(settings, request)) return;
    reply.header('retry-after', String(seconds));
    throw new Refused(tooMany('Too many requests without a valid token came from the address.'));
  };
  return {
    pass(request, reply, done) {
      if (limit === 0 || known.has(digestOf(request) ?? '')) return done();
      void refuseGuesses(request, reply).then(() => done(), done);
    },
    note(request, { statusCode }, done) {
      const digest = digestOf(request);
      if (statusCode === 401) {
        if (digest !== undefined) known.delete(digest);
        void count(failures, addressOf(request));
      } else if (digest !== undefined && isLetIn(request, statusCode)) {
        if (known.size >= mostKnown) known.clear();
        known.add(digest);
      }
      done();
    },
  };
}

interface FailedLogins {
  /** Before anything is read. */
  readonly pass: onRequestHookHandler;
  /** When the answer is known. */
  readonly note: onResponseHookHandler;
}

/** Whether somebody looked at the token: what is open to all is answered with any. */
const isLetIn = (request: FastifyRequest, statusCode: number): boolean =>
  identityOf(request) !== undefined || (request.url.startsWith('/graphql') && statusCode < 400);

const tooMany = (message: string): Refusal =>
  refusal('RATE_LIMITED', message, 'Wait as long as the header Retry-After says.');
