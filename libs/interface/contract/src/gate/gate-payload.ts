import {
  ok,
  refusal,
  refuse,
  serviceName,
  type Refusal,
  type Result,
  type ServiceName,
} from '@spillway/kernel';
import { z } from 'zod';
import { nameText, serviceText } from '../schema/scalars.js';

/** What a load tester for Flagger takes; it knows the service by the name of its Canary. */
const payload = z
  .looseObject({
    name: z.string(),
    namespace: z.string(),
    metadata: z.looseObject({ gate: nameText.optional() }).nullish(),
  })
  .refine(({ name, namespace }) => serviceText.safeParse(`${namespace}/${name}`).success);

export interface GatePayload {
  readonly service: ServiceName;
  /** Which gate of the service; absent: the one that the address means. */
  readonly gate?: string;
}

/** Tools send more than is read here, such as a phase and a checksum. */
export function toGatePayload(input: unknown): Result<GatePayload, Refusal> {
  const parsed = payload.safeParse(input);
  if (!parsed.success) return refuse(notUnderstood());
  const { name, namespace, metadata } = parsed.data;
  const gate = metadata?.gate;
  const service = serviceName(`${namespace}/${name}`);
  return ok({ service, ...(gate === undefined ? {} : { gate }) });
}

const notUnderstood = () =>
  refusal(
    'INVALID_INPUT',
    'The body is not the payload of a gate.',
    'Send {"name": "<service>", "namespace": "<namespace>"} as JSON.',
  );
