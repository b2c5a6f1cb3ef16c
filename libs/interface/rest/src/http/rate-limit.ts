import { createHash } from 'node:crypto';
import { refusal, type Refusal } from '@spillway/kernel';
import { Refused } from '@spillway/interface-problem';
import { ipKeyGenerator, MemoryStore, rateLimit } from 'express-rate-limit';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { identityOf } from './exchange.js';
import type { HttpSettings } from './http-settings.js';

const minute = 60_000;
const mostKnown = 10_000;

/** What takes traffic back to the stable version; something else may be called `abort`. */
const rollback =
  /^\/(?:api\/v1\/(?:releases\/[^/]+\/(?:abort|reject|undo)|egress-policies\/[^/]+\/rollback)|rollback\/(?:open|check|close))\/?$/i;

/** Such a request is refused by no limit: whoever is on call comes first. */
const isExempt = ({ isRollback }: HttpSettings, { method, path, body }: Request): boolean =>
  path.startsWith('/health/') ||
  (method === 'POST' && rollback.test(path)) ||
  isRollback?.(path, body as unknown) === true;

const addressOf = ({ ip = '' }: Request): string => ipKeyGenerator(ip);

const digests = new WeakMap<Request, string>();

/** Of the token, which must not be kept; `undefined` where none was sent. */
function digestOf(request: Request): string | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return undefined;
  const known = digests.get(request);
  const digest = known ?? createHash('sha256').update(authorization).digest('base64');
  if (known === undefined) digests.set(request, digest);
  return digest;
}

/** Counts the requests of each token, and of each address where there is none. Each process counts by itself. */
export const limitTokens = (settings: HttpSettings): RequestHandler =>
  rateLimit({
    windowMs: minute,
    limit: settings.requestsPerMinute,
    standardHeaders: 'draft-6',
    legacyHeaders: false,
    keyGenerator: (request) => digestOf(request) ?? addressOf(request),
    skip: (request) => settings.requestsPerMinute === 0 || isExempt(settings, request),
    handler: (_, __, next) => next(new Refused(tooMany('The token sent too many requests.'))),
    validate: false,
  });

/**
 * Refuses an address that sent too many requests without a valid token, before anything is read.
 * Tokens that were good a moment ago pass: others behind the same address cannot lock them out.
 */
export function limitFailedLogins(settings: HttpSettings): RequestHandler {
  const failures = new MemoryStore();
  failures.init({ windowMs: minute } as Parameters<MemoryStore['init']>[0]);
  const known = new Set<string>();
  const note = async (request: Request, response: Response): Promise<void> => {
    const digest = digestOf(request);
    if (response.statusCode === 401) {
      if (digest !== undefined) known.delete(digest);
      await failures.increment(addressOf(request));
    } else if (digest !== undefined && isLetIn(request, response)) {
      if (known.size >= mostKnown) known.clear();
      known.add(digest);
    }
  };
  const pass = async (request: Request): Promise<boolean> => {
    const { totalHits = 0 } = (await failures.get(addressOf(request))) ?? {};
    if (totalHits < settings.failedLoginsPerMinute || known.has(digestOf(request) ?? ''))
      return true;
    return settings.failedLoginsPerMinute === 0 || isExempt(settings, request);
  };
  return (request: Request, response: Response, next: NextFunction): void => {
    response.once('finish', () => void note(request, response));
    void pass(request).then((passes) => {
      if (passes) return next();
      response.setHeader('Retry-After', '60');
      next(new Refused(tooMany('Too many requests without a valid token came from the address.')));
    }, next);
  };
}

/** Whether somebody looked at the token: what is open to all is answered with any. */
const isLetIn = ({ path }: Request, response: Response): boolean =>
  identityOf(response) !== undefined || (path.startsWith('/graphql') && response.statusCode < 400);

const tooMany = (message: string): Refusal =>
  refusal('RATE_LIMITED', message, 'Wait as long as the header Retry-After says.');
