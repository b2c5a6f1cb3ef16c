import { expect, it } from '@jest/globals';
import { clusterName } from '@spillway/kernel';
import { ApiRefusal } from './failure.js';
import { hearFor, heard, verbOf, type HeardCall } from './heard-call.js';

const told = async (call: () => Promise<unknown>): Promise<readonly HeardCall[]> => {
  const calls: HeardCall[] = [];
  await heard((one) => calls.push(one), 'patch', call).catch(() => undefined);
  return calls;
};

const refusing = (status: number) => () => Promise.reject(new ApiRefusal(status, {}));

it.each([
  ['ok', () => Promise.resolve('answer')],
  ['conflict', refusing(409)],
  ['refused', refusing(422)],
  ['failed', refusing(503)],
  ['unanswered', () => Promise.reject(new Error('ECONNREFUSED'))],
])('a call is told once, as %s', async (outcome, call) => {
  expect(await told(call)).toEqual([{ verb: 'patch', outcome, ms: expect.any(Number) }]);
});

it('goes on to whoever called, with its answer or its error', async () => {
  expect(
    await heard(
      () => undefined,
      'get',
      () => Promise.resolve('answer'),
    ),
  ).toBe('answer');
  await expect(heard(() => undefined, 'get', refusing(404))).rejects.toMatchObject({ status: 404 });
});

it('is told of the cluster, by the verb of its method', () => {
  const noted: unknown[] = [];
  hearFor(
    { note: (one) => void noted.push(one) },
    clusterName('eu'),
  )({ verb: verbOf(), outcome: 'ok', ms: 3 });
  expect(noted).toEqual([{ kind: 'called', cluster: 'eu', verb: 'get', outcome: 'ok', ms: 3 }]);
  expect((['POST', 'PATCH', 'DELETE'] as const).map(verbOf)).toEqual(['post', 'patch', 'delete']);
});
