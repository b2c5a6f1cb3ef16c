import { toGatePayload, type GatePayload } from '@spillway/interface-contract';
import type { Refusal, Result } from '@spillway/kernel';
import type { Request } from 'express';

/** More than any payload needs. */
const mostBytes = 65_536;

/** Scripts send JSON under any content type, as `curl -d` does. */
export async function readPayload(request: Request): Promise<Result<GatePayload, Refusal>> {
  const text = await textOf(request);
  return toGatePayload(text === undefined ? undefined : jsonIn(text));
}

/** Express has read what is JSON, or a form: then the JSON is the name of its only field. */
async function textOf(request: Request): Promise<string | undefined> {
  const read = request.body as unknown;
  if (typeof read !== 'object' || read === null) return unreadText(request);
  const [[key, value] = [], ...others] = Object.entries(read);
  const isForm = others.length === 0 && key?.startsWith('{') === true && value === '';
  return isForm ? key : JSON.stringify(read);
}

async function unreadText(request: Request): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
