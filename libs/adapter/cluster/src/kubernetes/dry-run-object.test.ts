import { expect, it } from '@jest/globals';
import { renderVirtualService } from '@spillway/domain-istio';
import { aTraffic } from '@spillway/domain-istio/testing';
import type { ApiCall, ApiSession } from './api-session.js';
import { dryRunObject } from './dry-run-object.js';
import { ApiRefusal } from './failure.js';

const write = { do: 'write', object: renderVirtualService(aTraffic()) } as const;

function asked(answer: unknown): { readonly session: ApiSession; readonly calls: ApiCall[] } {
  const calls: ApiCall[] = [];
  const call = (one: ApiCall): Promise<unknown> => {
    calls.push(one);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { session: { call } as unknown as ApiSession, calls };
}

it('takes an object that would be new, which has no version before it is stored', async () => {
  const { session, calls } = asked({ metadata: { name: 'catalog-spillway', uid: '1' } });
  expect(await dryRunObject(session, write)).toEqual({ kind: 'applied' });
  expect(calls).toHaveLength(1);
  expect(calls[0]?.path).toContain('dryRun=All');
  expect(calls[0]?.path).toContain('fieldValidation=Strict');
});

it('tells a refusal in the words of the API server', async () => {
  const { session } = asked(new ApiRefusal(422, { message: 'no copies here' }));
  const outcome = await dryRunObject(session, write);
  expect(outcome).toMatchObject({ kind: 'refused', reason: 'no copies here (422)' });
});

it('does not take the page of a proxy for a yes', async () => {
  const { session } = asked('<html>');
  expect(await dryRunObject(session, write)).toMatchObject({ kind: 'unreachable' });
});
