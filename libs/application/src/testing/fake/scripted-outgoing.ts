import type { OutgoingAnswer, OutgoingCalls, OutgoingRequest } from '../../port/outgoing.js';
import { refuseUrl } from '../../outgoing/refuse-url.js';

/** What whoever listens at an address does. */
export type ScriptedEndpoint =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | 'hangs'
  | 'closes'
  /** Leads to an address that the guard does not allow. */
  | 'forbidden';

/** Endpoints that do what a test dictates. Nobody listens at an address that it does not know. */
export class ScriptedOutgoing implements OutgoingCalls {
  /** Every call that was sent, in order. */
  readonly sent: OutgoingRequest[] = [];
  private readonly endpoints = new Map<
    string,
    ScriptedEndpoint | ((request: OutgoingRequest) => ScriptedEndpoint)
  >();

  /** From now on. The address is compared as it was written, with its query. */
  at(
    url: string,
    endpoint: ScriptedEndpoint | ((request: OutgoingRequest) => ScriptedEndpoint),
  ): void {
    this.endpoints.set(url, endpoint);
  }

  call(request: OutgoingRequest): Promise<OutgoingAnswer> {
    return Promise.resolve(this.answer(request));
  }

  private answer(request: OutgoingRequest): OutgoingAnswer {
    const refusal = refuseUrl(request.url);
    if (refusal !== undefined) return { kind: 'refused', reason: `the address ${refusal}` };
    const found = this.endpoints.get(request.url);
    if (found === 'forbidden') return { kind: 'refused', reason: 'it leads to a private address' };
    this.sent.push(request);
    const endpoint = typeof found === 'function' ? found(request) : found;
    if (typeof endpoint === 'object') return answered(endpoint, request.maxBytes);
    return failed(endpoint, request.timeoutMs);
  }
}

const answered = (
  { status, headers = {}, body = '' }: Extract<ScriptedEndpoint, object>,
  maxBytes: number,
): OutgoingAnswer => ({
  kind: 'answered',
  status,
  headers,
  body: Buffer.from(body).subarray(0, maxBytes).toString('utf8'),
});

const failed = (endpoint: string | undefined, timeoutMs: number): OutgoingAnswer =>
  endpoint === 'hangs'
    ? { kind: 'failed', why: 'timeOut', reason: `no answer within ${timeoutMs} ms` }
    : { kind: 'failed', why: 'connection', reason: endpoint ?? 'nobody listens there' };
