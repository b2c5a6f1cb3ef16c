import { expect, it } from '@jest/globals';
import { absurd } from './absurd.js';
import { CodedError, InvariantBroken, StaleWrite } from './coded-error.js';
import { errorCodes } from './error-code.js';
import { refusal } from './refusal.js';

it('carries its code, its next step, its cause and the name of its own class', () => {
  const cause = new Error('refused');
  const error = new CodedError('DATABASE_UNAVAILABLE', 'No.', 'Start it.', { cause });
  expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE', next: 'Start it.', cause });
  expect(new StaleWrite('release 1', 4)).toMatchObject({
    name: 'StaleWrite',
    code: 'STALE_WRITE',
    message: 'release 1 was changed by somebody else after revision 4.',
  });
});

it('calls a value that no case foresaw a defect', () => {
  expect(() => absurd({ kind: 'new' } as never)).toThrow(InvariantBroken);
  expect(() => absurd({ kind: 'new' } as never)).toThrow('{"kind":"new"}');
});

it('gives no code twice', () => {
  expect(new Set(errorCodes).size).toBe(errorCodes.length);
});

it('names the field of a refusal only when there is one', () => {
  expect(refusal('NOT_FOUND', 'm', 'n')).toEqual({ code: 'NOT_FOUND', message: 'm', next: 'n' });
  expect(refusal('NOT_FOUND', 'm', 'n', 'f')).toHaveProperty('field', 'f');
});
