import type { ReleaseEvent } from '@spillway/domain-release';
import { splitServiceName } from '@spillway/kernel';
import type { Notice } from './notice.js';
import { isAtLeast, type Severity } from './severity.js';

/** Which notices an endpoint wants: those that fit every field that is there. */
export interface NoticeFilter {
  readonly namespaces?: readonly string[];
  readonly services?: readonly string[];
  readonly types?: readonly ReleaseEvent['type'][];
  /** The least. */
  readonly severity: Severity;
}

/** A test is for the endpoint that it is sent to, whatever it wants otherwise. */
export function fits(filter: NoticeFilter, { type, severity, release }: Notice): boolean {
  if (type === 'test') return true;
  const { namespace } = splitServiceName(release.service);
  return (
    includes(filter.namespaces, namespace) &&
    includes(filter.services, release.service) &&
    includes(filter.types, type) &&
    isAtLeast(severity, filter.severity)
  );
}

const includes = <T>(wanted: readonly T[] | undefined, value: T): boolean =>
  wanted === undefined || wanted.includes(value);
