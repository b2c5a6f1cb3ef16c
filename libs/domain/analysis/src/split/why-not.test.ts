import { expect, it } from '@jest/globals';
import { whySplitCannotBeJudged } from './index.js';

it('judges a split by weight alone', () => {
  expect(whySplitCannotBeJudged({})).toBeUndefined();
  expect(whySplitCannotBeJudged({ mirror: false, retries: false })).toBeUndefined();
});

it.each([
  ['stickySessions', 'sticky sessions'],
  ['headerRoutes', 'matched requests'],
  ['mirror', 'copies'],
  ['retries', 'a retry'],
] as const)('does not judge a split beside %s, and says why', (circumstance, reason) => {
  expect(whySplitCannotBeJudged({ [circumstance]: true })).toContain(reason);
});

it('says every reason', () => {
  const found = whySplitCannotBeJudged({ mirror: true, stickySessions: true });
  expect(found?.split('; ')).toHaveLength(2);
});
