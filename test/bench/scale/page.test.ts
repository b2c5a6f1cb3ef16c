import { describe, expect, it } from '@jest/globals';
import { pageOf, sectionOf, sectionsOf } from './page.js';

const day = new Date('2026-01-02T03:04:05Z');
const machine = '2 cores of something';
const goal = { goal: '< 2', isMet: true };
const part = (title: string, isMet = true): string =>
  sectionOf(
    {
      name: title.toLowerCase(),
      title,
      seconds: 3.2,
      figures: [{ ...goal, measure: `time of ${title}`, value: '1', isMet }],
    },
    day,
  );
const page = (...sections: readonly string[]): string => pageOf({ sections, machine });

describe('the page of the bench', () => {
  it('says of each part when it was measured, and with which command', () => {
    expect(page(part('Start'))).toContain(
      '## Start\n\n`npm run bench -- --only start` on 2026-01-02, 3 s.\n',
    );
  });

  it('has the same parts when it is read and written again', () => {
    const before = page(part('Start'), part('Calls', false));
    const known = sectionsOf(before, machine);
    expect([...known.keys()]).toEqual(['Start', 'Calls']);
    expect(page(...known.values())).toBe(before);
  });

  it('of another machine has no part that can stay', () => {
    expect(sectionsOf(page(part('Start')), '4 cores of something').size).toBe(0);
  });

  it('names what was missed in any of its parts', () => {
    expect(page(part('Start'), part('Calls', false))).toContain('\nMissed: time of Calls.\n');
    expect(page(part('Start'))).toContain('\nEvery goal was kept.\n');
  });
});
