import { refusal, type Refusal } from '@spillway/kernel';
import type { EgressClusterReport, EgressReport } from './egress-report.js';

const shownFindings = 3;

/** Why it should not be enforced now: something would be blocked, or nobody knows whether. */
export function refuseEnforcing({ namespace, clusters }: EgressReport): Refusal | undefined {
  const blocked = clusters.flatMap(blockedIn);
  if (blocked.length > 0) {
    const more = blocked.length - shownFindings;
    const rest = more > 0 ? `; and ${more} more` : '';
    return refusal(
      'EGRESS_WOULD_BLOCK',
      `${blocked.slice(0, shownFindings).join('; ')}${rest}.`,
      `Allow it, or read all with "spillway egress report ${namespace}" and accept it: ${accepting(namespace)}.`,
    );
  }
  const unknown = clusters.flatMap((one) =>
    one.kind === 'measured' ? [] : [`${one.cluster}: ${one.because}`],
  );
  if (unknown.length === 0) return undefined;
  return refusal(
    'EGRESS_NOT_OBSERVED',
    `What would be blocked is not known in ${unknown.join('; ')}.`,
    `No data does not mean that nothing is blocked. Mend its metrics, or accept it: ${accepting(namespace)}.`,
  );
}

const accepting = (namespace: string): string =>
  `"spillway egress enforce ${namespace} --accept-blocked <reason>", or in a file "acceptBlocked: <reason>"`;

const blockedIn = (report: EgressClusterReport): readonly string[] =>
  report.kind !== 'measured'
    ? []
    : report.findings
        .filter(({ wouldBlock }) => wouldBlock)
        .map(({ workload, host, port, requests }) => {
          const to = host === undefined ? 'a destination that is not named' : host;
          const where = port === undefined ? to : `${to}:${port}`;
          return `${report.cluster}: ${workload} to ${where}, ${Math.ceil(requests)} times`;
        });
