import type { RawDelivery } from '@spillway/application';
import { parse } from '@spillway/interface-contract';
import { ok, refusal, refuse, type Refusal, type Result } from '@spillway/kernel';
import { z } from 'zod';
import { readJson } from '../body/read-json.js';

const attribute = z.string().min(1).max(500);

const attributes = z.object({
  specversion: z.literal('1.0'),
  id: attribute,
  source: attribute,
  type: attribute,
});

export interface CloudEvent extends z.output<typeof attributes> {
  readonly data: unknown;
}

/** Structured: the event is the body. Binary: its attributes are headers, and the body is its data. */
export function readEvent(delivery: RawDelivery): Result<CloudEvent, Refusal> {
  const type = (delivery.headers['content-type'] ?? '').toLowerCase();
  if (type.startsWith('application/cloudevents-batch')) return refuse(isBatch());
  const json = readJson(delivery);
  if (!json.ok) return json;
  const isStructured = type.startsWith('application/cloudevents');
  const context = parse(attributes, isStructured ? json.value : ofHeaders(delivery.headers));
  if (!context.ok) return context;
  const data = isStructured ? (json.value as { readonly data?: unknown }).data : json.value;
  return ok({ ...context.value, data });
}

const ofHeaders = (headers: RawDelivery['headers']): unknown =>
  Object.fromEntries(
    Object.keys(attributes.shape).map((name) => [name, decoded(headers[`ce-${name}`])]),
  );

/** Binary mode writes what is not ASCII percent-encoded. */
function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const isBatch = (): Refusal =>
  refusal(
    'UNSUPPORTED_MEDIA_TYPE',
    'Batches of CloudEvents are not read.',
    'Send each event by itself, so that each has a delivery of its own.',
  );
