import { describe, expect, it } from '@jest/globals';
import { CodedError, InvariantBroken, ok, refusal, refuse, StaleWrite } from '@spillway/kernel';
import { problemKinds } from './problem-table.js';
import { retryAfter, toExtensions, toProblem } from './problem.js';
import { orRefuse, refusalIn, Refused } from './refused.js';

const asked = { instance: '/api/v1/releases', requestId: 'r-1' };

describe('toProblem', () => {
  it('says what was wrong, where, and what to do', () => {
    const busy = refusal('SERVICE_BUSY', 'shop/catalog is busy.', 'Wait.', 'service');
    expect(toProblem(busy, asked)).toEqual({
      type: '/problems/service-busy',
      title: 'The service is being released',
      status: 409,
      detail: 'shop/catalog is busy.',
      code: 'SERVICE_BUSY',
      next: 'Wait.',
      field: 'service',
      errors: [{ field: 'service', message: 'shop/catalog is busy.' }],
      docs: '/problems#service-busy',
      ...asked,
    });
  });

  it('names every wrong field, where there are several', () => {
    const errors = [
      { field: '', message: '"x" is not known here' },
      { field: 'steps', message: 'is missing' },
    ];
    const wrong = { ...refusal('INVALID_INPUT', 'a', 'b'), errors };
    expect(toProblem(wrong, asked).errors).toEqual(errors);
    expect(toProblem(wrong, asked)).not.toHaveProperty('field');
  });

  it('has no field where none was wrong', () => {
    expect(toProblem(refusal('NOT_FOUND', 'a', 'b'), asked)).not.toHaveProperty('field');
    expect(toExtensions(refusal('NOT_FOUND', 'a', 'b'))).toEqual({ code: 'NOT_FOUND', next: 'b' });
  });
});

describe('problemKinds', () => {
  it('gives each code an error status, a title and a type of its own', () => {
    const kinds = problemKinds();
    expect(new Set(kinds.map(({ type }) => type)).size).toBe(kinds.length);
    expect(new Set(kinds.map(({ title }) => title)).size).toBe(kinds.length);
    expect(kinds.filter(({ status }) => status < 400 || status > 599)).toEqual([]);
  });

  it('asks to try again later only where time helps', () => {
    const later = problemKinds().filter(({ code }) => retryAfter(code) !== undefined);
    expect(later.map(({ code }) => code)).toEqual(['DATABASE_UNAVAILABLE', 'SCHEMA_BEHIND']);
  });
});

describe('refusalIn', () => {
  it('finds the refusal that a handler threw', () => {
    const gone = refusal('UNKNOWN_RELEASE', 'a', 'b');
    expect(() => orRefuse(refuse(gone))).toThrow(Refused);
    expect(orRefuse(ok(1))).toBe(1);
    expect(refusalIn(new Refused(gone))).toBe(gone);
  });

  it('tells callers of coded errors that concern them', () => {
    expect(refusalIn(new StaleWrite('release 1', 3))).toMatchObject({ code: 'STALE_WRITE' });
    expect(
      refusalIn(new CodedError('DATABASE_UNAVAILABLE', 'No connection.', 'Wait.')),
    ).toMatchObject({ code: 'DATABASE_UNAVAILABLE', next: 'Wait.' });
  });

  it.each([
    ['a stray error', new Error('password=hunter2')],
    ['a defect', new InvariantBroken('x')],
    [
      'a wrong setting',
      new CodedError('INVALID_CONFIGURATION', 'DATABASE_URL is wrong', 'Set it.'),
    ],
    ['text', 'text'],
    ['nothing', undefined],
  ])('keeps %s to itself', (_, thrown) => {
    expect(refusalIn(thrown)).toBeUndefined();
  });
});
