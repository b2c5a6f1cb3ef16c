import { describe, expect, it } from '@jest/globals';
import { outgoingContract } from '@spillway/application/testing';
import { GuardedCalls } from './guarded-calls.js';
import { readPolicy } from './policy.js';
import { LoopbackEndpoints } from './testing/index.js';

describe('guarded calls', () => {
  outgoingContract(() => {
    const endpoints = new LoopbackEndpoints();
    const outgoing = new GuardedCalls({ policy: readPolicy('nothingPrivate', ['127.0.0.1']) });
    return Promise.resolve({
      outgoing,
      serve: (endpoint) => endpoints.serve(endpoint),
      vacant: () => endpoints.vacant(),
      received: () => endpoints.received,
      close: async () => {
        await outgoing.close();
        await endpoints.close();
      },
    });
  });

  it('are given up in time where nobody can be connected to', async () => {
    const never = (): Promise<never> => new Promise(() => undefined);
    const policy = readPolicy('nothingPrivate', []);
    const outgoing = new GuardedCalls({ policy, resolve: never });
    const url = 'http://silent.example/';
    const answer = await outgoing.call({
      url,
      method: 'GET',
      headers: {},
      timeoutMs: 20,
      maxBytes: 1,
    });
    expect(answer).toMatchObject({ kind: 'failed', why: 'timeOut' });
    await outgoing.close();
  });
});
