import type { Look } from '@spillway/sdk';
import { stamp } from './moment.js';
import type { Paint, Tone } from './paint.js';
import { table } from './table.js';

type Kind = NonNullable<Look['verdict']>['kind'];
type Sample = NonNullable<Look['reading']['candidate']>;

const tones: Readonly<Record<Kind, Tone>> = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'waiting',
  noData: 'waiting',
  splitNotInForce: 'waiting',
  running: 'busy',
};

/** A line for each: when its window ended, where, and what was concluded from it. */
export const lookTable = (looks: readonly Look[], paint: Paint): string =>
  table(
    ['TIME', 'STEP', 'CLUSTER', 'METRIC', 'VERDICT', 'BECAUSE'],
    looks.map((look) => [
      stamp(look.to),
      String(look.step + 1),
      look.cluster,
      look.metric,
      look.verdict === undefined
        ? '-'
        : { text: look.verdict.kind, tone: tones[look.verdict.kind] },
      becauseOf(look),
    ]),
    paint,
  );

/** A sentence about all measurements so far says nothing of one that gave no value. */
function becauseOf({ verdict, reading }: Look): string {
  if (verdict === undefined) return whatCame(reading);
  return reading.kind === 'value' ? verdict.because : `${verdict.because}; ${whatCame(reading)}`;
}

function whatCame({ kind, candidate, stable, message }: Look['reading']): string {
  if (kind === 'error') return `the query went wrong: ${message}`;
  if (kind === 'empty') return 'nothing came';
  if (kind === 'notANumber') return 'what came was not a number';
  const arms = [
    ...(candidate === undefined ? [] : [`candidate ${sampleWords(candidate)}`]),
    ...(stable === undefined ? [] : [`stable ${sampleWords(stable)}`]),
  ];
  return arms.join(', ');
}

/** `97.82 (15 of 688 requests failed)` */
function sampleWords({ value, requests, errors }: Sample): string {
  const number = String(Number(value.toPrecision(6)));
  if (requests === undefined) return number;
  const failed = errors === undefined ? '' : `${grouped(errors)} of `;
  return `${number} (${failed}${grouped(requests)} requests${errors === undefined ? '' : ' failed'})`;
}

const grouped = (count: number): string => Math.round(count).toLocaleString('en-US');
