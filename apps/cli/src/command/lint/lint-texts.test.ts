import { expect, it } from '@jest/globals';
import { expectGolden } from '../../testing/golden.js';
import { classics, offline } from '../../testing/offline-shell.js';

const golden = (name: string): URL => new URL(`./golden/${name}`, import.meta.url);

it.each(Object.keys(classics))('says of %s what was reviewed', async (name) => {
  const { code, stdout, stderr } = await offline(`lint -f ${name}`, { files: classics });
  expect(stderr).toBe('');
  expectGolden(`exit ${code}\n${stdout}`, golden(`${name}.golden.txt`));
});
