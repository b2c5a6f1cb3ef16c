import { expect, it } from '@jest/globals';
import { pages } from './pages.js';

const adrs = pages.filter(
  ({ path }) => path.startsWith('docs/adr/') && !path.endsWith('README.md'),
);

it('decisions are numbered without a gap', () => {
  const numbers = adrs.map(({ path }) => Number(/\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1]));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

it.each(adrs.map(({ path, text }) => ({ path, text })))(
  '$path fits on a screen and says background, decision, consequence and example',
  ({ text }) => {
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Background', 'Decision', 'Consequence', 'Example']);
    expect(text.split('\n').length).toBeLessThanOrEqual(61);
  },
);
