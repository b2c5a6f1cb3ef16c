import { toGatePayload, type GatePayload } from '@spillway/interface-contract';
import type { Refusal, Result } from '@spillway/kernel';

/** More than any payload needs. */
const mostBytes = 65_536;

/** Scripts send JSON under any content type, as `curl -d` does: `body` are the bytes, if there were any. */
export function readPayload(body: unknown): Result<GatePayload, Refusal> {
  const isShort = Buffer.isBuffer(body) && body.length <= mostBytes;
  return toGatePayload(isShort ? jsonIn(body.toString()) : undefined);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
