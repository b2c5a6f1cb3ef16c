import { describe, expect, it } from '@jest/globals';
import {
  Conflict,
  errorIn,
  Forbidden,
  hasCode,
  InvalidRequest,
  NotFound,
  RateLimited,
  ServerFault,
  SpillwayError,
  Unauthenticated,
} from './errors.js';

const problem = (status: number, more: object = {}) => ({
  type: '/problems/service-busy',
  title: 'The service is being released',
  status,
  code: 'SERVICE_BUSY',
  detail: 'shop/catalog is busy.',
  next: 'Wait.',
  instance: '/api/v1/releases',
  requestId: 'r-1',
  ...more,
});

const answer = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers });

describe('an answer that says no', () => {
  it.each([
    [400, InvalidRequest],
    [401, Unauthenticated],
    [403, Forbidden],
    [404, NotFound],
    [409, Conflict],
    [412, Conflict],
    [413, InvalidRequest],
    [418, SpillwayError],
    [422, InvalidRequest],
    [429, RateLimited],
    [500, ServerFault],
    [503, ServerFault],
  ])('%i has a class of its own kind', (status, kind) => {
    const error = errorIn(answer(status), problem(status));
    expect(error).toBeInstanceOf(kind);
    expect(error).toBeInstanceOf(SpillwayError);
    expect(error).toMatchObject({ name: kind.name, status, code: 'SERVICE_BUSY', next: 'Wait.' });
    expect(error.message).toBe('shop/catalog is busy. Wait.');
  });

  it('names each field that was wrong', () => {
    const fields = [
      { field: 'steps[0].setWeight', message: 'must be 0 to 100' },
      { field: 'name', message: 'is missing' },
    ];
    expect(errorIn(answer(400), problem(400, { errors: fields }))).toMatchObject({
      field: 'steps[0].setWeight',
      errors: fields,
    });
    expect(errorIn(answer(400), problem(400, { field: 'name' })).errors).toEqual([
      { field: 'name', message: 'shop/catalog is busy.' },
    ]);
    expect(errorIn(answer(409), problem(409)).errors).toEqual([]);
  });

  it('of somebody else says so, with the id of the request', () => {
    const error = errorIn(answer(502, { 'x-request-id': 'r-2' }), '<html>');
    expect(error).toMatchObject({ code: 'UNEXPECTED_ANSWER', status: 502, requestId: 'r-2' });
  });

  it('says when to come back, given in seconds or as a date', () => {
    const after = (text: string) =>
      errorIn(answer(429, { 'retry-after': text }), problem(429)).retryAfterMs;
    expect(after('7')).toBe(7_000);
    expect(after(new Date(Date.now() - 60_000).toUTCString())).toBe(0);
    expect(after(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(50_000);
    expect(after('soon')).toBeUndefined();
  });
});

describe('hasCode', () => {
  it('narrows to the codes that were asked for', () => {
    const busy: unknown = errorIn(answer(409), problem(409));
    expect(hasCode(busy, 'STALE_WRITE')).toBe(false);
    expect(hasCode(new Error('SERVICE_BUSY'), 'SERVICE_BUSY')).toBe(false);
    if (!hasCode(busy, 'SERVICE_BUSY', 'STALE_WRITE')) throw new Error('it has');
    const code: 'SERVICE_BUSY' | 'STALE_WRITE' = busy.code;
    expect(code).toBe('SERVICE_BUSY');
    // @ts-expect-error There is no such code in the contract.
    expect(hasCode(busy, 'SERVICE_BUZY')).toBe(false);
  });
});
