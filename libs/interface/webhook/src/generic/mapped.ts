import type { WebhookMapping } from '@spillway/application';
import { triggerStatuses, type Trigger, type TriggerStatus } from '@spillway/domain-rule';
import { fact, known } from '../body/fact.js';

/**
 * The facts that a mapping finds in somebody’s own payload. A status that is none
 * of Spillway’s counts as `created`, which no rule takes without being told to.
 */
export function mapped(mapping: WebhookMapping, payload: unknown, event: string): Trigger {
  const at = (pointer: string | undefined) =>
    pointer === undefined ? undefined : fact.parse(textAt(payload, pointer));
  const { event: eventAt, status: statusAt, ...others } = mapping;
  const facts = Object.entries(others).map(([field, pointer]) => [field, at(pointer)]);
  return known({
    ...(Object.fromEntries(facts) as Partial<Trigger>),
    event: at(eventAt) ?? event,
    status: statusAt === undefined ? ('success' as const) : toStatus(at(statusAt)),
  });
}

const toStatus = (text: string | undefined): TriggerStatus =>
  triggerStatuses.find((status) => status === text?.toLowerCase()) ?? 'created';

/** RFC 6901. Numbers are taken as they are written; an object is no fact. */
function textAt(payload: unknown, pointer: string): string | undefined {
  const path = pointer.split('/').slice(1).map(unescaped);
  const found = path.reduce<unknown>((value, key) => memberOf(value, key), payload);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

const unescaped = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
