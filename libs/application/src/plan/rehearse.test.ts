import { expect, it } from '@jest/globals';
import { EVERYTHING, generation } from '@spillway/kernel';
import { aPlan, aRelease, aMoment } from '@spillway/domain-release/testing';
import { aService, eu } from '../testing/contract/index.js';
import { rehearse } from './rehearse.js';

const whens = (verify?: 'distributed') => {
  const plan = aPlan({
    waves: [[eu]],
    steps: [{ wave: 0, kind: 'setWeight', weight: EVERYTHING }],
    ...(verify === undefined ? {} : { verify }),
  });
  const release = aRelease({ plan, rollouts: [] });
  const service = {
    ...aService(),
    generation: generation(0),
    createdAt: aMoment,
    updatedAt: aMoment,
  };
  const { writes } = rehearse(release, service, new Map([[eu, { foreign: [] }]]), aMoment);
  return writes.map(({ when }) => when);
};

it('goes to the end also where a release would wait for proxies', () => {
  expect(whens('distributed')).toEqual(whens());
  expect(whens('distributed').at(-1)).toBe('after the release');
});
