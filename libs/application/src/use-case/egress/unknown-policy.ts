import { refusal, type Refusal } from '@spillway/kernel';

export const unknownPolicy = (namespace: string): Refusal =>
  refusal(
    'UNKNOWN_EGRESS_POLICY',
    `Namespace "${namespace}" has no egress policy.`,
    'List them with "spillway egress list", or apply one first.',
  );
