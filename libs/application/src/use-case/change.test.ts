import { beforeEach, describe, expect, it } from '@jest/globals';
import { clusterName, serviceName } from '@spillway/kernel';
import { tagOf } from '../audit/digest.js';
import { aCluster, aService } from '../testing/contract/index.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await aWorkshop();
});

const audited = () => workshop.uow.run((tx) => tx.audit.chain(0, 100));
const put = (caller = aCaller()) =>
  workshop.useCases.putService(aService({ service: serviceName('shop/cart') }), caller);

describe('a change', () => {
  it('leaves one record of who made it, from where, and what of', async () => {
    const origin = { via: 'graphql', requestId: 'r-7', address: '10.0.0.7' } as const;
    const first = await put(aCaller('ana', { origin }));
    await put(aCaller('bob'));
    const [added, changed, ...more] = await audited();
    expect(more).toEqual([]);
    const subject = 'service shop/cart';
    expect(added).toMatchObject({ actor: 'ana', origin, operation: 'putService', subject });
    expect(added).not.toHaveProperty('before');
    expect(changed).toMatchObject({ actor: 'bob', subject, before: added?.after });
    expect(first.ok && tagOf(first.value)).toBe(added?.after);
  });

  it('leaves none when it is refused, or repeated', async () => {
    await workshop.useCases.putService(aService({ clusters: [clusterName('x')] }), aCaller());
    expect(await audited()).toEqual([]);
    const caller = aCaller('ana', { idempotencyKey: 'k' });
    expect(await put(caller)).toEqual(await put(caller));
    expect(await audited()).toHaveLength(1);
  });

  it('is made when nothing has moved since the caller has read', async () => {
    const read = await put();
    const tag = read.ok ? `"${tagOf(read.value)}"` : '';
    expect(await put(aCaller('ana', { ifMatch: tag }))).toMatchObject({ ok: true });
    expect(await put(aCaller('ana', { ifMatch: '*' }))).toMatchObject({ ok: true });
    expect(await put(aCaller('ana', { ifMatch: `"x", ${tag}` }))).toMatchObject({ ok: true });
  });

  it('is taken back when the caller has read something older, down to the last trace', async () => {
    await put();
    const service = aService({ service: serviceName('shop/cart'), port: 9_999 });
    const stale = aCaller('bob', { ifMatch: '"older"', idempotencyKey: 'k' });
    expect(await workshop.useCases.putService(service, stale)).toMatchObject({
      error: { code: 'PRECONDITION_FAILED', field: 'If-Match' },
    });
    expect(await workshop.useCases.getService(service.service, stale)).toMatchObject({
      value: { port: aService().port },
    });
    expect(await audited()).toHaveLength(1);
    const fresh = aCaller('bob', { idempotencyKey: 'k' });
    expect(await workshop.useCases.putService(service, fresh)).toMatchObject({ ok: true });
  });

  it('of what is not there matches no tag', async () => {
    const caller = aCaller('ana', { ifMatch: '*' });
    expect(
      await workshop.useCases.putCluster(aCluster({ name: clusterName('new') }), caller),
    ).toMatchObject({
      error: { code: 'PRECONDITION_FAILED', message: expect.stringContaining('is not there') },
    });
  });
});
