import type { Logger } from '@spillway/application';
import type { Release } from '@spillway/domain-release';
import { clusterName, releaseId, type ClusterName, type ReleaseId } from '@spillway/kernel';
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
  const release = named(fields['release'], releaseId) ?? scope?.release;
  if (release === undefined) return undefined;
  const cluster = named(fields['cluster'], clusterName) ?? scope?.cluster;
  const key = keyOf(scope?.release === release ? scope.state : undefined, cluster);
  return { release, traceId: traceIdOf(release), spanId: spanIdOf(release, key) };
}

const named = <Name extends string>(value: unknown, as: (text: string) => Name) =>
  typeof value === 'string' ? as(value) : undefined;

const keyOf = (state: Release | undefined, cluster: ClusterName | undefined): string =>
  state === undefined ? rootKey : keyOfNow(state, cluster);
