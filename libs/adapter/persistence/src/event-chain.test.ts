import { describe, expect, it } from '@jest/globals';
import { eventHash } from '@spillway/application/testing';
import { aReleaseEvent } from '@spillway/domain-release/testing';
import { chain, noHash } from './event-chain.js';

const [first, second] = [aReleaseEvent({ type: 'prepared' }), aReleaseEvent({ type: 'released' })];

describe('the chain of events', () => {
  it('hashes each event together with the hash before it', () => {
    const one = eventHash(noHash, first);
    expect(chain(noHash, [first, second])).toEqual([one, eventHash(one, second)]);
  });

  it('goes on where an earlier save ended', () => {
    const [one = '', two] = chain(noHash, [first, second]);
    expect(chain(one, [second])).toEqual([two]);
  });

  it('is another one when the order is another one', () => {
    expect(chain(noHash, [second, first]).at(-1)).not.toBe(chain(noHash, [first, second]).at(-1));
  });
});
