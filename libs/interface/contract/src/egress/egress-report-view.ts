import type { EgressClusterReport, EgressFinding, EgressReport } from '@spillway/application';
import { formatDuration } from '@spillway/kernel';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';

const findingView = z
  .object({
    workload: z.string().describe('The workload that calls.'),
    host: z
      .string()
      .optional()
      .describe('Where it calls; absent where the protocol names no host to the proxy.'),
    port: z.int().optional().describe('The port, where it is known.'),
    protocol: z.string().describe('http, grpc or tcp, as Istio counted it.'),
    requests: z.number().describe('Requests; of TCP connections.'),
    firstSeen: moment.optional().describe('When it was first seen in the window, roughly.'),
    lastSeen: moment.optional().describe('When it was last seen in the window, roughly.'),
    blocked: z.boolean().describe('Whether a proxy refused it already.'),
    wouldBlock: z.boolean().describe('Whether it passes today and would not any more.'),
    beforeAllowList: z
      .boolean()
      .describe('Seen only before the allow-list was applied as it is; it may be covered by now.'),
  })
  .describe('Traffic that the allow-list does not cover.');

const clusterView = z
  .object({
    cluster: z.string().describe('The cluster.'),
    state: z
      .enum(['measured', 'noData', 'failed'])
      .describe('Only of a measured one is anything known.'),
    because: z.string().optional().describe('Why nothing is known.'),
    requests: z
      .number()
      .optional()
      .describe('All that the namespace’s workloads sent in the window, to wherever.'),
    findings: z.array(findingView).describe('What is not covered, the busiest first.'),
    remarks: z.array(z.string()).describe('What a person should know of the cluster.'),
  })
  .describe('The report of one cluster.');

export const egressReportView = z
  .object({
    name: z.string().describe('The namespace.'),
    at: moment.describe('When it was asked.'),
    window: z.string().describe('How far it looks back.'),
    wouldBlock: z.int().describe('How many findings would be blocked.'),
    known: z.boolean().describe('Whether every cluster was measured.'),
    clusters: z.array(clusterView).describe('Cluster by cluster.'),
  })
  .describe('What enforcing a policy would block.');

export type EgressReportView = z.output<typeof egressReportView>;

export const toEgressReportView = (report: EgressReport): EgressReportView => ({
  name: report.namespace,
  at: toMoment(report.at),
  window: formatDuration(report.window),
  wouldBlock: report.clusters.flatMap(findingsOf).filter(({ wouldBlock }) => wouldBlock).length,
  known: report.clusters.every(({ kind }) => kind === 'measured'),
  clusters: report.clusters.map(toClusterView),
});

const findingsOf = (report: EgressClusterReport): readonly EgressFinding[] =>
  report.kind === 'measured' ? report.findings : [];

function toClusterView(report: EgressClusterReport): EgressReportView['clusters'][number] {
  const { cluster, kind: state } = report;
  if (report.kind !== 'measured') {
    return { cluster, state, because: report.because, findings: [], remarks: [] };
  }
  return {
    cluster,
    state,
    requests: Math.ceil(report.requests),
    findings: report.findings.map(toFindingView),
    remarks: [...report.remarks],
  };
}

const toFindingView = ({
  host,
  port,
  requests,
  firstSeen,
  lastSeen,
  ...finding
}: EgressFinding): EgressReportView['clusters'][number]['findings'][number] => ({
  workload: finding.workload,
  ...(host === undefined ? {} : { host }),
  ...(port === undefined ? {} : { port }),
  protocol: finding.protocol,
  requests: Math.ceil(requests),
  ...(firstSeen === undefined ? {} : { firstSeen: toMoment(firstSeen) }),
  ...(lastSeen === undefined ? {} : { lastSeen: toMoment(lastSeen) }),
  blocked: finding.isBlocked,
  wouldBlock: finding.wouldBlock,
  beforeAllowList: finding.isBeforeAllowList,
});
