import { describe, expect, it } from '@jest/globals';
import { outcomeOf } from './apply-object.js';
import { ApiRefusal } from './failure.js';

const causedBy = (field: string): unknown => ({
  message: 'is invalid',
  details: { causes: [{ field }] },
});

describe('what a refused write comes to', () => {
  it.each([[429], [500], [503], [401], [408]])('is worth another try after %i', (status) => {
    expect(outcomeOf(new ApiRefusal(status, { message: 'busy' }))).toEqual({
      kind: 'unreachable',
      reason: `busy (${status})`,
    });
  });

  it.each([[400], [403], [404], [413]])('is not worth another try after %i', (status) => {
    expect(outcomeOf(new ApiRefusal(status, { message: 'bad' }))).toEqual({
      kind: 'refused',
      reason: `bad (${status})`,
    });
  });

  it('is a conflict when the object is not the expected one', () => {
    expect(outcomeOf(new ApiRefusal(409, {}))).toEqual({ kind: 'conflict' });
    const refused = (field: string): ApiRefusal => new ApiRefusal(422, causedBy(field));
    expect(outcomeOf(refused('metadata.resourceVersion'))).toEqual({ kind: 'conflict' });
    expect(outcomeOf(refused('metadata.uid'))).toEqual({ kind: 'conflict' });
    expect(outcomeOf(refused('spec.hosts'))).toMatchObject({ kind: 'refused' });
  });

  it('takes the 500 that an unknown field gets for what it is', () => {
    const message =
      'failed to create typed patch object (/a; networking.istio.io/v1, Kind=VirtualService): .spec.bogus: field not declared in schema';
    expect(outcomeOf(new ApiRefusal(500, { message }))).toMatchObject({ kind: 'refused' });
  });
});
