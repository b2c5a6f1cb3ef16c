import { describe, expect, it } from '@jest/globals';
import { re2 } from '@spillway/adapter-regex';
import { nextEgressWrite, refuseAllowList, type EgressObject } from '@spillway/domain-egress';
import type { MeshObject } from '@spillway/domain-istio';
import { lintObject, lintSchema } from '@spillway/domain-lint';
import { toPutEgress } from '@spillway/interface-contract';
import { instant } from '@spillway/kernel';
import { documents, manifests } from './manifests.js';

const policies = manifests.filter(({ kind }) => kind === 'EgressPolicy');

/** What the policy writes into a cluster that has nothing yet. */
function writtenBy(body: unknown): readonly EgressObject[] {
  const parsed = toPutEgress(body);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const policy = parsed.value;
  expect(refuseAllowList(policy.allow)).toBeUndefined();
  const next = nextEgressWrite(policy, { objects: [], since: instant(0) }, instant(1_000));
  if (next.do !== 'write') throw new Error(`nothing is written: ${next.do}`);
  return next.writes.flatMap((write) => (write.do === 'apply' ? [write.object] : []));
}

describe('egress policies in the pages', () => {
  it('are there', () => expect(policies.length).toBeGreaterThan(0));

  it.each(policies)('$place writes what istiod takes, one object an entry', ({ body }) => {
    const objects = writtenBy(body);
    expect(objects).toHaveLength((body['allow'] as readonly unknown[]).length);
    const found = objects.flatMap((object) => [
      ...lintSchema(object),
      ...lintObject(object satisfies MeshObject, { regex: re2 }),
    ]);
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('show ServiceEntries that they write', () => {
    const shown = documents.filter(
      ({ place, kind }) => place.includes('guides/egress.md') && kind === 'ServiceEntry',
    );
    const written = policies.flatMap(({ body }) => writtenBy(body));
    expect(shown.length).toBeGreaterThan(0);
    for (const { fields } of shown) expect(written).toContainEqual(fields);
  });
});
