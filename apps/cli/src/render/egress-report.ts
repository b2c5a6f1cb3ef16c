import type { EgressReport } from '@spillway/sdk';
import { stamp } from './moment.js';
import type { Paint } from './paint.js';
import { printable } from './printable.js';
import { table, type Cell } from './table.js';

type Report = EgressReport['clusters'][number];
type Finding = Report['findings'][number];

/** What is known first in a sentence, then cluster by cluster. */
export const egressReportText = (report: EgressReport, paint: Paint): string =>
  [summary(report, paint), ...report.clusters.map((one) => ofCluster(one, paint))].join('\n');

function summary({ name, wouldBlock, known, window }: EgressReport, paint: Paint): string {
  if (wouldBlock > 0) {
    return `${paint('bad', '✘')} Enforcing ${name} would block ${wouldBlock} ${wouldBlock === 1 ? 'thing' : 'things'} that passed in ${window}.\n`;
  }
  return known
    ? `${paint('good', '✔')} Nothing that passed in ${window} would be blocked.\n`
    : `${paint('bad', '✘')} It is not known what would be blocked: no data is not nothing.\n`;
}

function ofCluster(report: Report, paint: Paint): string {
  const { cluster, state, because = '', requests = 0, findings, remarks } = report;
  const notes = remarks.map((line) => `${paint('quiet', 'note')} ${printable(line)}\n`).join('');
  if (state !== 'measured') return `${printable(`${cluster}: ${state}: ${because}`)}\n${notes}`;
  const head = `${cluster}: ${requests} calls of the namespace measured, ${findings.length} not covered\n`;
  return head + (findings.length === 0 ? '' : findingTable(findings, paint)) + notes;
}

const findingTable = (findings: readonly Finding[], paint: Paint): string =>
  table(
    ['WORKLOAD', 'DESTINATION', 'PROTOCOL', 'CALLS', 'FIRST SEEN', 'LAST SEEN', 'FATE'],
    findings.map((finding) => [
      finding.workload,
      destination(finding),
      finding.protocol,
      String(finding.requests),
      finding.firstSeen === undefined ? '-' : stamp(finding.firstSeen),
      finding.lastSeen === undefined ? '-' : stamp(finding.lastSeen),
      fate(finding),
    ]),
    paint,
  );

const destination = ({ host, port }: Finding): string =>
  host === undefined ? '(not named)' : `${host}${port === undefined ? '' : `:${port}`}`;

function fate({ blocked, wouldBlock, beforeAllowList }: Finding): Cell {
  if (blocked) return { text: 'blocked', tone: 'waiting' };
  if (!wouldBlock) return { text: 'passed before it was closed', tone: 'quiet' };
  const text = beforeAllowList ? 'would block, or is allowed by now' : 'would block';
  return { text, tone: 'bad' };
}
