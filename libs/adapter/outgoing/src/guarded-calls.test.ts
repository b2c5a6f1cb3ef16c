import { describe } from '@jest/globals';
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
});
