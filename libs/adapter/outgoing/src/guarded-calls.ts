import {
  orAborted,
  refuseUrl,
  type OutgoingAnswer,
  type OutgoingCalls,
  type OutgoingRequest,
} from '@spillway/application';
import { Agent, type Dispatcher } from 'undici';
import { AddressRefused, guardedConnect, type Resolve } from './guarded-connect.js';
import type { OutgoingPolicy } from './policy.js';
import { signatureHeaders } from './signature.js';

/** At the same moment, to one endpoint. */
const connections = 8;
/** An endpoint that was not called for so long is connected to anew, and its name looked up again. */
const keepAliveTimeout = 4_000;
const maxHeaderSize = 16 * 1_024;

export interface GuardedCallsOptions {
  readonly policy: OutgoingPolicy;
  /** Tests dictate what a name leads to. */
  readonly resolve?: Resolve | undefined;
}

/** Calls over HTTP, to addresses that the policy allows. */
export class GuardedCalls implements OutgoingCalls {
  readonly #agent: Agent;

  constructor({ policy, resolve }: GuardedCallsOptions) {
    this.#agent = new Agent({
      connections,
      keepAliveTimeout,
      keepAliveMaxTimeout: keepAliveTimeout,
      maxHeaderSize,
      connect: guardedConnect(policy, resolve)(),
    });
  }

  async call(request: OutgoingRequest): Promise<OutgoingAnswer> {
    const refusal = refuseUrl(request.url);
    if (refusal !== undefined) return { kind: 'refused', reason: `the address ${refusal}` };
    const signal = AbortSignal.timeout(request.timeoutMs);
    try {
      return await orAborted(this.#send(request, signal), signal);
    } catch (cause) {
      if (cause instanceof AddressRefused) return { kind: 'refused', reason: cause.message };
      return signal.aborted
        ? { kind: 'failed', why: 'timeOut', reason: `no answer within ${request.timeoutMs} ms` }
        : { kind: 'failed', why: 'connection', reason: reasonOf(cause) };
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #send(request: OutgoingRequest, signal: AbortSignal): Promise<OutgoingAnswer> {
    const { url, method, body, signing, maxBytes } = request;
    const signed = signing === undefined ? {} : signatureHeaders(signing, body ?? '');
    const response = await this.#agent.request({
      ...targetOf(url),
      method,
      headers: { 'user-agent': 'spillway', ...request.headers, ...signed },
      signal,
      ...(body === undefined ? {} : { body }),
    });
    return {
      kind: 'answered',
      status: response.statusCode,
      headers: oneEach(response.headers),
      body: await beginningOf(response.body, maxBytes),
    };
  }
}

function targetOf(url: string): { origin: string; path: string } {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: `${pathname}${search}` };
}

async function beginningOf(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    // Leaving the loop hangs up, whatever else would come.
    if (length >= maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}

const oneEach = (headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]),
  );

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // A host with several addresses fails with an AggregateError that has only a code.
  const { code } = cause as NodeJS.ErrnoException;
  return cause.message || code || cause.name;
}
