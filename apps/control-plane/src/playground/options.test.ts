import { expect, it } from '@jest/globals';
import { playgroundOptions } from './options.js';

it('runs until it is stopped, or through the demo', () => {
  expect(playgroundOptions([])).toEqual({ kind: 'run', demo: false });
  expect(playgroundOptions(['--demo'])).toEqual({ kind: 'run', demo: true });
});

it('starts nothing for who only asks what there is', () => {
  const asked = playgroundOptions(['--demo', '--help']);
  expect(asked).toMatchObject({ kind: 'exit', code: 0, text: expect.stringContaining('--demo') });
});

it('names an option that it does not know', () => {
  expect(playgroundOptions(['--demos'])).toMatchObject({
    kind: 'exit',
    code: 2,
    text: expect.stringMatching(/^There is no option "--demos"\.\n\nnpm start/),
  });
});
