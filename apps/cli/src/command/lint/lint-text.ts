import type { CatalogueEntry, Severity } from '@spillway/domain-lint';
import type { Paint, Tone } from '../../render/paint.js';
import { printable } from '../../render/printable.js';
import { facts, table } from '../../render/table.js';
import type { LintReport, ReportedFinding } from './lint-report.js';

const tones: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'waiting', info: 'busy' };

/** A report as people read it, and as editors find the places: `file:line:column` first. */
export const reportText = ({ findings, summary }: LintReport, paint: Paint): string =>
  [...findings.map((finding) => findingText(finding, paint)), summaryLine(summary)].join('\n');

function findingText(finding: ReportedFinding, paint: Paint): string {
  const { file, line, column, severity, code, object, path, message, consequence, next } = finding;
  const about = object === null ? [] : [`${object.kind} ${object.namespace}/${object.name}`];
  const head = [
    printable(`${file}:${line}:${column}`),
    paint(tones[severity], severity),
    paint('strong', code),
    printable([...about, path].join(' ')).trim(),
  ].join('  ');
  return [
    head.trimEnd(),
    `  ${printable(message)}`,
    `  ${printable(consequence)}`,
    `  ${paint('quiet', 'next:')} ${printable(next)}`,
    '',
  ].join('\n');
}

function summaryLine({ errors, warnings, infos, files, objects }: LintReport['summary']): string {
  const where = `${counted(files, 'file')}, ${counted(objects, 'object')}`;
  if (errors + warnings + infos === 0) return `nothing found in ${where}\n`;
  const found = [counted(errors, 'error'), counted(warnings, 'warning'), counted(infos, 'info')];
  return `${found.join(', ')} in ${where}\n`;
}

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

export const entryText = ({
  code,
  severity,
  istio,
  means,
  consequence,
  next,
}: CatalogueEntry): string =>
  facts([
    ['Code', code],
    ['Severity', severity],
    ['istioctl', istio],
    ['Means', means],
    ['Consequence', consequence],
    ['Next', next],
  ]);

export const entryTable = (entries: readonly CatalogueEntry[]): string =>
  table(
    ['CODE', 'SEVERITY', 'ISTIOCTL', 'MEANS'],
    entries.map(({ code, severity, istio = '-', means }) => [code, severity, istio, means]),
  );
