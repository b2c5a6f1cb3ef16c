import type { Logger } from '@spillway/application';
import { clusterName, releaseId, type ReleaseId } from '@spillway/kernel';
import { spanIdOf, traceIdOf } from './ids.js';
import { rootKey } from './open-span.js';
import { keyOfNow } from './open-spans.js';
import type { Scope } from './scopes.js';
import type { SpanPlace } from './span.js';

/** The span that a line of the log belongs to: of its own fields, or else of the job that wrote it. */
export function placeOfLine(
  fields: Parameters<Logger['info']>[0],
  scope: Scope | undefined,
): (SpanPlace & { readonly release: ReleaseId }) | undefined {
  const named = textOf(fields['release']);
  const release = named === undefined ? scope?.release : releaseId(named);
  if (release === undefined) return undefined;
  const cluster = textOf(fields['cluster']) ?? scope?.cluster;
  const state = scope?.release === release ? scope.state : undefined;
  const key = state && keyOfNow(state, cluster === undefined ? undefined : clusterName(cluster));
  return { release, traceId: traceIdOf(release), spanId: spanIdOf(release, key ?? rootKey) };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
