import type { Paint } from '../../../render/paint.js';
import { printable } from '../../../render/printable.js';
import { facts, table } from '../../../render/table.js';
import { figureLines, toneOf } from '../verdict-text.js';
import type { ReplayReport } from './replay-report.js';

/** Looks as a table, when each verdict came first, and the figures of the last. */
export function replayText({ looks, first, last }: ReplayReport, paint: Paint): string {
  const rows = looks.map(({ look, at = '-', verdict, because }) => [
    String(look),
    at,
    { text: verdict, tone: toneOf(verdict) },
    because,
  ]);
  return [
    table(['LOOK', 'AT', 'VERDICT', 'BECAUSE'], rows, paint),
    facts([
      ['First fail', moment(first.fail)],
      ['First pass', moment(first.pass)],
      ...(first.splitNotInForce === undefined
        ? []
        : [['Split not in force', moment(first.splitNotInForce)] as const]),
    ]),
    `${paint(toneOf(last.verdict), last.verdict)}  ${printable(`after all looks, by ${last.judge}`)}\n` +
      figureLines(last.evidence)
        .map((line) => `  ${paint('quiet', printable(line))}\n`)
        .join(''),
  ].join('\n');
}

const moment = (found: { readonly look: number; readonly at?: string } | undefined): string => {
  if (found === undefined) return 'never';
  return `look ${found.look}${found.at === undefined ? '' : `, ${found.at}`}`;
};
