import type {
  AcceptBlocked,
  EnforceEgress,
  NewEgressPolicy,
  RollbackEgress,
} from '@spillway/application';
import {
  clusterName,
  namespaceName,
  ok,
  refusal,
  refuse,
  type Duration,
  type NamespaceName,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { releaseCommandDocument } from '../release/command-documents.js';
import { parse } from '../schema/parse.js';
import { nameText, toDuration } from '../schema/scalars.js';
import {
  egressEnforceDocument,
  egressPolicyDocument,
  egressReportQuery,
} from './egress-document.js';

export function toPutEgress(input: unknown): Result<NewEgressPolicy & AcceptBlocked, Refusal> {
  const parsed = parse(egressPolicyDocument, input);
  if (!parsed.ok) return parsed;
  const { name, clusters, mode, allow, acceptBlocked } = parsed.value;
  return ok({
    namespace: namespaceName(name),
    clusters: [...new Set(clusters)].map(clusterName),
    mode,
    allow,
    ...(acceptBlocked === undefined ? {} : { acceptBlocked }),
  });
}

export function toEnforceEgress(
  namespace: NamespaceName,
  input: unknown,
): Result<EnforceEgress, Refusal> {
  const parsed = parse(egressEnforceDocument, input ?? {});
  if (!parsed.ok) return parsed;
  const { acceptBlocked, window } = parsed.value;
  return ok({
    namespace,
    window: toDuration(window),
    ...(acceptBlocked === undefined ? {} : { acceptBlocked }),
  });
}

export function toRollbackEgress(
  namespace: NamespaceName,
  input: unknown,
): Result<RollbackEgress, Refusal> {
  const parsed = parse(releaseCommandDocument, input ?? {});
  return parsed.ok ? ok({ namespace, comment: parsed.value.comment }) : parsed;
}

export function toReportWindow(query: unknown): Result<Duration, Refusal> {
  const parsed = parse(egressReportQuery, query);
  return parsed.ok ? ok(toDuration(parsed.value.window)) : parsed;
}

/** A name that no namespace can have is refused as one without a policy. */
export const toNamespaceName = (text: string): Result<NamespaceName, Refusal> =>
  nameText.safeParse(text).success
    ? ok(namespaceName(text))
    : refuse(
        refusal(
          'UNKNOWN_EGRESS_POLICY',
          `There is no egress policy of "${text}", and it is no name that a namespace could have.`,
          'Check the spelling of the namespace.',
        ),
      );
