import { beforeEach, describe, expect, it } from '@jest/globals';
import { after, duration, memberName, namespaceName, tokenName } from '@spillway/kernel';
import { aMember } from '../testing/contract/member-store-contract.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { createAuthenticator } from './authenticator.js';
import type { Authenticate } from './identity.js';

const grants = [{ role: 'releaser', namespaces: [namespaceName('shop')] }] as const;
const name = tokenName('ci');

let workshop: Workshop;
let authenticate: Authenticate;
let asked: string[];
let actor: string;
const vouched = {
  provider: 'company',
  actor: 'ada@example.com',
  claims: { groups: ['dev', 'sre'] },
};

beforeEach(async () => {
  workshop = await aWorkshop();
  asked = [];
  actor = vouched.actor;
  authenticate = createAuthenticator({
    unitOfWork: workshop.uow,
    feed: workshop.uow.accessFeed,
    clock: workshop.clock,
    providers: {
      verify: (token) => {
        asked.push(token);
        return Promise.resolve(token === 'jwt' ? { ...vouched, actor } : undefined);
      },
    },
  });
});

const issue = async (more: object = {}): Promise<string> => {
  const issued = await workshop.useCases.createToken({ name, grants, ...more }, aCaller());
  if (!issued.ok) throw new Error(issued.error.message);
  return issued.value.text;
};
const rotate = async (overlapMs: number): Promise<string> => {
  const rotated = await workshop.useCases.rotateToken(
    { name, overlap: duration(overlapMs) },
    aCaller(),
  );
  if (!rotated.ok) throw new Error(rotated.error.message);
  return rotated.value.text;
};
const bearer = (text: string) => authenticate(`Bearer ${text}`);

describe('a token', () => {
  it('is known by the text that was told once, and its use is noted', async () => {
    const text = await issue();
    expect(text).toMatch(/^spw_[\w-]{43}$/);
    expect(await bearer(text)).toEqual({ actor: 'ci', grants });
    expect(await workshop.useCases.getToken(name, aCaller())).toMatchObject({
      value: { prefix: text.slice(0, 10), lastUsedAt: workshop.clock.now(), createdBy: 'anna' },
    });
    expect(await bearer(`${text.slice(0, -1)}_`)).toBeUndefined();
  });

  it('is nowhere to be read again, but by who repeats the request that made it', async () => {
    const caller = aCaller('ana', { idempotencyKey: 'k' });
    const first = await workshop.useCases.createToken({ name, grants }, caller);
    expect(await workshop.useCases.createToken({ name, grants }, caller)).toEqual(first);
    const { text } = first.ok ? first.value : { text: 'x' };
    const seen = [
      await workshop.useCases.getToken(name, aCaller()),
      await workshop.useCases.listTokens({ limit: 9 }, aCaller()),
      await workshop.useCases.listAudit({}, { limit: 9 }, aCaller()),
    ];
    expect(JSON.stringify(seen)).not.toContain(text);
    expect(JSON.stringify(seen)).not.toContain('hash":"{');
  });

  it('is good until it expires', async () => {
    const text = await issue({ expiresAt: after(workshop.clock.now(), 60_000) });
    expect(await bearer(text)).toBeDefined();
    await workshop.pass(60_000);
    expect(await bearer(text)).toBeUndefined();
  });

  it('is not good any more the moment it is revoked', async () => {
    const text = await issue();
    expect(await bearer(text)).toBeDefined();
    expect(await workshop.useCases.revokeToken(name, aCaller())).toMatchObject({ ok: true });
    expect(await bearer(text)).toBeUndefined();
  });

  it('goes on being good beside the next one for as long as was said', async () => {
    const old = await issue();
    const next = await rotate(3_600_000);
    expect(await bearer(old)).toBeDefined();
    expect(await bearer(next)).toBeDefined();
    await workshop.pass(3_600_000);
    expect(await bearer(old)).toBeUndefined();
    expect(await bearer(next)).toBeDefined();
  });

  it('has a name that no other has, and a future', async () => {
    await issue();
    expect(await workshop.useCases.createToken({ name, grants }, aCaller())).toMatchObject({
      error: { code: 'NAME_TAKEN', field: 'name' },
    });
    const settings = { name: tokenName('operator'), grants };
    expect(await workshop.useCases.createToken(settings, aCaller())).toMatchObject({
      error: { code: 'NAME_TAKEN', field: 'name' },
    });
    const expiresAt = workshop.clock.now();
    const over = { name: tokenName('other'), grants, expiresAt };
    expect(await workshop.useCases.createToken(over, aCaller())).toMatchObject({
      error: { code: 'INVALID_INPUT', field: 'expiresAt' },
    });
  });
});

describe('somebody whom a provider vouches for', () => {
  it('may do what all members say that the claims fit', async () => {
    for (const [each, claims, role] of [
      ['sre', { groups: 'sre' }, 'operator'],
      ['dev', { groups: 'dev' }, 'viewer'],
      ['both', { groups: 'sre', email: 'x' }, 'admin'],
    ] as const) {
      const member = aMember({ name: memberName(each), claims, grants: [{ role }] });
      await workshop.useCases.putMember(member, aCaller());
    }
    expect(await bearer('jwt')).toEqual({
      actor: 'ada@example.com',
      grants: [{ role: 'viewer' }, { role: 'operator' }],
    });
  });

  it('is known and may do nothing without a member', async () => {
    expect(await bearer('jwt')).toEqual({ actor: 'ada@example.com', grants: [] });
    expect(await bearer('other')).toBeUndefined();
  });
});

describe('somebody whom a provider gives a name that means another', () => {
  it.each(['ci', 'operator', 'webhook github', 'ada\nwebhook github'])(
    'is not let in as %j',
    async (name) => {
      await issue();
      actor = name;
      expect(await bearer('jwt')).toBeUndefined();
    },
  );
});

describe('what was found', () => {
  it('is not remembered when it was read while something changed', async () => {
    const text = await issue();
    const { uow, clock, useCases } = workshop;
    const racing = createAuthenticator({
      unitOfWork: {
        read: (work) => uow.read(work),
        run: async (work) => {
          const found = await uow.run(work);
          await useCases.revokeToken(name, aCaller());
          return found;
        },
      },
      feed: uow.accessFeed,
      clock,
      providers: { verify: () => Promise.resolve(undefined) },
    });
    expect(await racing(`Bearer ${text}`)).toBeDefined();
    expect(await racing(`Bearer ${text}`)).toBeUndefined();
  });

  it('is remembered for a second', async () => {
    await bearer('jwt');
    await bearer('jwt');
    expect(asked).toEqual(['jwt']);
    await workshop.pass(1_000);
    await bearer('jwt');
    expect(asked).toEqual(['jwt', 'jwt']);
  });

  it('is not remembered while changes may go unheard', async () => {
    workshop.uow.accessFeed.live = false;
    await bearer('jwt');
    await bearer('jwt');
    expect(asked).toEqual(['jwt', 'jwt']);
  });

  it('is forgotten when a member changes', async () => {
    await bearer('jwt');
    await workshop.useCases.putMember(aMember(), aCaller());
    expect(await bearer('jwt')).toMatchObject({ grants: [{ role: 'operator' }] });
  });
});

it('knows nobody who sends nothing', async () => {
  expect(await authenticate(undefined)).toBeUndefined();
  // Browsers send Basic credentials again unasked.
  expect(await authenticate(`Basic ${Buffer.from('x:jwt').toString('base64')}`)).toBeUndefined();
  expect(asked).toEqual([]);
});
