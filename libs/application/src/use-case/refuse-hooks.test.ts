import { describe, expect, it } from '@jest/globals';
import type { Hook } from '@spillway/domain-release';
import { aHook, aStrategy } from '@spillway/domain-release/testing';
import { secretName } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop } from '../testing/fake/workshop.js';

const put = async (...hooks: readonly Partial<Hook>[]) => {
  const workshop = await aWorkshop();
  await workshop.uow.run((tx) => tx.secrets.put(secretName('known'), 'whsec_a2V5'));
  const { version: _version, ...strategy } = aStrategy({ hooks: hooks.map(aHook) });
  return workshop.useCases.putStrategy(strategy, aCaller('anna'));
};

describe('the hooks of a strategy', () => {
  it('are kept with it', async () => {
    const secret = secretName('known');
    const stored = await put({ secret });
    expect(stored).toMatchObject({ ok: true, value: { hooks: [{ name: 'gate', secret }] } });
  });

  it.each([
    ['ftp://gate.test/', 'is neither http nor https'],
    ['http://user:password@gate.test/', 'holds a user name or a password'],
    ['http://gate.test:6379/', 'names port 6379'],
    ['gate.test', 'is no URL'],
  ])('cannot be at %s', async (url, why) => {
    expect(await put({}, { name: 'other', url })).toMatchObject({
      ok: false,
      error: {
        code: 'INVALID_STRATEGY',
        message: expect.stringContaining(why),
        field: 'hooks[1].url',
      },
    });
  });

  it('cannot be signed with a secret that is not there', async () => {
    expect(await put({ secret: secretName('unknown') })).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_SECRET', field: 'hooks[0].secret' },
    });
  });
});
