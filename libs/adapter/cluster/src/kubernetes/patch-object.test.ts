import { describe, expect, it } from '@jest/globals';
import { ApiRefusal } from './failure.js';
import { outcomeOf } from './patch-object.js';

const misfit = 'the server rejected our request due to an error in our request';

describe('what a refused patch comes to', () => {
  it.each([
    ['a test that failed', 422, { message: misfit, details: {} }],
    ['an object that is gone', 404, { message: 'not found' }],
    ['a race that the server lost', 409, { message: 'the object has been modified' }],
  ])('is a conflict after %s', (_, status, body) => {
    expect(outcomeOf(new ApiRefusal(status, body))).toEqual({ kind: 'conflict' });
  });

  it.each([
    ['the schema', 422, { message: 'is invalid', details: { causes: [{ field: 'spec.http' }] } }],
    ['an admission webhook', 422, { message: 'admission webhook "a" denied the request: no' }],
    ['missing rights', 403, { message: 'is forbidden' }],
  ])('is a refusal by %s', (_, status, body) => {
    const reason = `${body.message} (${status})`;
    expect(outcomeOf(new ApiRefusal(status, body))).toEqual({ kind: 'refused', reason });
  });

  it('is worth another try when the server could not do its work', () => {
    expect(outcomeOf(new ApiRefusal(503, { message: 'busy' }))).toMatchObject({
      kind: 'unreachable',
    });
  });

  it('says what is wrong with an object, not what all of it is', () => {
    const message = ` "" is invalid: patch: Invalid value: "{${'x'.repeat(500)}}": strict decoding error: unknown field "spec.bogus"`;
    const details = { causes: [{ field: 'patch' }] };
    expect(outcomeOf(new ApiRefusal(422, { message, details }))).toEqual({
      kind: 'refused',
      reason: 'strict decoding error: unknown field "spec.bogus" (422)',
    });
  });
});
