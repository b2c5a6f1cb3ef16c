import { expect, it } from '@jest/globals';
import { memberName } from '@spillway/kernel';
import type { NewMember } from '../../port/member-store.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { pagesBothWays } from './pages.js';

const name = memberName('sre');

export const aMember = (overrides: Partial<NewMember> = {}): NewMember => ({
  name,
  provider: 'company',
  claims: { groups: 'sre' },
  grants: [{ role: 'operator', environments: ['live'] }],
  ...overrides,
});

/** What every `MemberStore` promises. */
export function memberStoreContract(make: () => Promise<Harness>): void {
  const start = fresh(make);

  it('keeps members by name, replaces them, and removes them', async () => {
    const { uow } = await start();
    const first = await uow.run((tx) => tx.members.put(aMember()));
    expect(first).toMatchObject(aMember());
    const changed = aMember({ claims: { email: 'ada@example.com' } });
    const second = await uow.run((tx) => tx.members.put(changed));
    expect(second).toMatchObject({ ...changed, createdAt: first.createdAt });
    expect(await uow.run((tx) => tx.members.get(name))).toEqual(second);
    await uow.run((tx) => tx.members.remove(name));
    expect(await uow.run((tx) => tx.members.get(name))).toBeUndefined();
  });

  it('lists them by name, and those of one provider', async () => {
    const { uow } = await start();
    for (const each of ['c', 'a', 'b'].map(memberName)) {
      const provider = each === 'a' ? 'github' : 'company';
      await uow.run((tx) => tx.members.put(aMember({ name: each, provider })));
    }
    const pages = await pagesBothWays(2, (page) => uow.run((tx) => tx.members.list(page)));
    expect(pages.map((page) => page.map((member) => member.name))).toEqual([['a', 'b'], ['c']]);
    const company = await uow.run((tx) => tx.members.ofProvider('company'));
    expect(company.map((member) => member.name)).toEqual(['b', 'c']);
  });
}
