import { expect, it } from '@jest/globals';
import { basicPair, blotOut, namesOf, openSecrets } from './secrets.js';

const refs = { key: { secret: 'key-name' }, token: { secret: 'token-name' } };

it('opens all secrets, without the line break that came with a copied one', async () => {
  expect(await openSecrets((name) => Promise.resolve(`text of ${name}\n`), refs)).toEqual({
    kind: 'opened',
    secrets: {
      key: { name: 'key-name', text: 'text of key-name' },
      token: { name: 'token-name', text: 'text of token-name' },
    },
  });
});

it.each([
  [undefined, 'the secret "token-name" does not exist; create it, or name another one'],
  [' \n', 'the secret "token-name" is empty'],
])('says what is wrong with a secret whose text is %j', async (text, message) => {
  const open = (name: string) => Promise.resolve(name === 'token-name' ? text : 'good');
  expect(await openSecrets(open, refs)).toEqual({ kind: 'error', message });
});

it('blots out every form of a secret that a backend may repeat', () => {
  const bearer = { name: 'b', text: 'Bearer 0123456789' };
  const password = { name: 'p', text: 'open sesame' };
  const secrets = [bearer, password, basicPair('jane', password)];
  const said =
    'Bearer 0123456789, key 0123456789, open sesame, amFuZTpvcGVuIHNlc2FtZQ==; write Bearer before it';
  expect(blotOut(said, secrets)).toBe('<b>, key <b>, <p>, <p>; write Bearer before it');
});

it('names each secret once', () => {
  const one = { name: 'a', text: '1' };
  expect(namesOf([one])).toBe('the secret "a"');
  expect(namesOf([one, basicPair('jane', one), { name: 'b', text: '2' }])).toBe(
    'the secrets "a" and "b"',
  );
});
