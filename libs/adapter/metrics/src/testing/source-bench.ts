import { afterEach, expect } from '@jest/globals';
import type { NumberSource, OpenSecret, SourceAnswer } from '@spillway/application';
import { duration } from '@spillway/kernel';
import {
  startLoopbackVendor,
  type LoopbackVendor,
  type SeenRequest,
  type VendorBehaviour,
} from './loopback-vendor.js';
import { aWindow, now, type VendorUnderTest } from './vendor-under-test.js';

export interface SourceBench {
  readonly source: NumberSource;
  readonly server: LoopbackVendor;
  /** Name and text of every secret. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The vendor's query over `aWindow`. */
  readonly ask: () => Promise<SourceAnswer>;
  /** Only the queries themselves. */
  readonly queries: () => readonly SeenRequest[];
}

export type StartBench = (
  behaviour: VendorBehaviour,
  options?: { readonly timeoutMs?: number; readonly openSecret?: OpenSecret },
) => Promise<SourceBench>;

/** Puts a source of the vendor beside a loopback server; closes both after each test. */
export function sourceBench(vendor: VendorUnderTest): StartBench {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  return async (behaviour, { timeoutMs = 5_000, openSecret } = {}) => {
    const server = await startLoopbackVendor((request) => vendor.beside?.(request) ?? behaviour);
    const { secrets: given } = vendor;
    const secrets = typeof given === 'function' ? given(server.url) : given;
    const source = vendor.connect({
      url: server.url,
      timeoutMs,
      openSecret: openSecret ?? ((name) => Promise.resolve(secrets[name])),
      clock: { now: () => now },
    });
    open.push(source, server);
    return {
      source,
      server,
      secrets,
      ask: () => source.ask({ query: vendor.query, ...aWindow }),
      queries: () => server.seen.filter((request) => vendor.beside?.(request) === undefined),
    };
  };
}

/** An error whose message says this; that the backend wants to be left alone only when it said so. */
export function expectError(
  answer: SourceAnswer,
  message: string | RegExp,
  retryAfterMs?: number,
): void {
  expect(answer).toEqual({
    kind: 'error',
    message:
      typeof message === 'string'
        ? expect.stringContaining(message)
        : expect.stringMatching(message),
    ...(retryAfterMs === undefined ? {} : { retryAfter: duration(retryAfterMs) }),
  });
}
