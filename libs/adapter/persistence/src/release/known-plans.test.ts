import { expect, it } from '@jest/globals';
import { planOf } from './known-plans.js';

const text = '{"waves":[["eu"]],"steps":[{"wave":0,"kind":"setWeight","weight":500}]}';

it('reads a plan', () => {
  expect(planOf(text)).toEqual(JSON.parse(text));
});

it('shares one plan among all that have its text', () => {
  expect(planOf(`${text}`)).toBe(planOf(text));
  expect(planOf(text.replace('500', '900'))).not.toBe(planOf(text));
});

it('lets nobody change what others have too', () => {
  const { steps, waves } = planOf(text);
  expect([steps, steps[0], waves[0]].every((part) => Object.isFrozen(part))).toBe(true);
});
