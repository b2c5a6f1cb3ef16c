import type { AnalysisVerdict, VerdictKind } from '@spillway/interface-contract';
import type { Paint, Tone } from '../../render/paint.js';
import { printable } from '../../render/printable.js';

const tones: Readonly<Record<VerdictKind, Tone>> = {
  pass: 'good',
  fail: 'bad',
  splitNotInForce: 'bad',
  inconclusive: 'waiting',
  noData: 'waiting',
  running: 'busy',
  computed: 'strong',
};

export const toneOf = (verdict: VerdictKind): Tone => tones[verdict];

/** Verdicts one under the other, each with its sentence and its figures. */
export const verdictsText = (verdicts: readonly AnalysisVerdict[], paint: Paint): string =>
  verdicts.map((verdict, index) => verdictText(verdict, `cases[${index}]`, paint)).join('\n');

function verdictText(one: AnalysisVerdict, place: string, paint: Paint): string {
  const { name, judge, verdict, because, evidence } = one;
  const about = [place, judge, ...(name === undefined ? [] : [`"${name}"`])].join('  ');
  return [
    `${paint(toneOf(verdict), verdict)}  ${printable(about)}`,
    `  ${printable(because)}`,
    ...figureLines(evidence).map((line) => `  ${paint('quiet', printable(line))}`),
    '',
  ].join('\n');
}

/** Lists of rows are longer than a screen; `-o json` has them. */
export function figureLines(evidence: object): readonly string[] {
  const figures = flat(evidence, '');
  const width = Math.max(0, ...figures.map(([label]) => label.length));
  return figures.map(([label, value]) => `${label.padEnd(width)}  ${value}`);
}

type Figure = readonly [label: string, value: string];

function flat(value: unknown, label: string): readonly Figure[] {
  if (Array.isArray(value)) return [[label, listText(value)]];
  if (typeof value !== 'object' || value === null) return [[label, String(value)]];
  return Object.entries(value).flatMap(([name, inner]) =>
    flat(inner, label === '' ? name : `${label}.${name}`),
  );
}

const longestList = 12;

function listText(list: readonly unknown[]): string {
  const isPlain = list.every((one) => typeof one !== 'object' || one === null);
  if (list.length === 0) return 'none';
  if (isPlain && list.length <= longestList) return list.map(String).join(', ');
  return `${list.length} ${list.length === 1 ? 'entry' : 'entries'}, see -o json`;
}
