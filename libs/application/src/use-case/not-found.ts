import { refusal, type ErrorCode, type Refusal } from '@spillway/kernel';

const nouns = {
  UNKNOWN_CLUSTER: 'cluster',
  UNKNOWN_SERVICE: 'service',
  UNKNOWN_STRATEGY: 'strategy',
  UNKNOWN_RELEASE: 'release',
  UNKNOWN_SECRET: 'secret',
  UNKNOWN_SOURCE: 'source',
  UNKNOWN_WEBHOOK: 'webhook',
  UNKNOWN_RULE: 'rule',
  UNKNOWN_NOTIFICATION: 'notification',
  UNKNOWN_DELIVERY: 'delivery',
  UNKNOWN_FREEZE_WINDOW: 'freeze window',
  UNKNOWN_TOKEN: 'token',
  UNKNOWN_MEMBER: 'member',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** `There is no cluster "eu-wset".` */
export const notFound = (code: keyof typeof nouns, name: string, field?: string): Refusal =>
  refusal(
    code,
    `There is no ${nouns[code]} "${name}".`,
    `List them with "spillway ${nouns[code]} list", or add it first.`,
    field,
  );
