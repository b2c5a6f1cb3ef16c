import { countOf, roughly } from '../counts/figures.js';
import type { GroupSequentialEvidence, LookEvidence, Untested } from './evidence.js';
import type { SequentialLook } from './measurements.js';
import { centreOf, sizeOf } from './statistic.js';

const percent = (share: number): string => `${roughly(100 * share)} %`;

const reasons: Readonly<Record<Untested, string>> = {
  unknownFraction: 'nothing says how much of the planned information there is',
  nothingNew: 'it brought no new information',
  noStatistic: 'a version has no values, or they do not vary',
  afterTheEnd: 'the plan was over before',
};

/** `candidate 0.02 of 2,010, stable 0.002 of 18,204: z = 3.4 at look 2 of 5 (40 % of the …)`. */
export function describeLooks(
  looks: readonly SequentialLook[],
  evidence: GroupSequentialEvidence,
): string {
  const last = evidence.looks.findLast(({ bound }) => bound !== undefined);
  const shown = evidence.stoppedAt === undefined ? last : evidence.looks[evidence.stoppedAt - 1];
  if (shown === undefined) return describeNothing(evidence.looks.at(-1));
  const given = looks[shown.look - 1];
  return `${describeArms(given)}${describeLook(shown, evidence)}${describeEnd(evidence)}`;
}

function describeNothing(last: LookEvidence | undefined): string {
  if (last?.untested === undefined) return 'there was no look yet';
  return `look ${last.look} could not be tested: ${reasons[last.untested]}`;
}

function describeArms(look: SequentialLook | undefined): string {
  if (look === undefined || 'z' in look) return '';
  const { candidate, stable } = look;
  if ('requests' in candidate && 'requests' in stable) {
    return (
      `candidate ${countOf(candidate.errors)} of ${countOf(candidate.requests)} failed, ` +
      `stable ${countOf(stable.errors)} of ${countOf(stable.requests)}: `
    );
  }
  return (
    `candidate ${roughly(centreOf(candidate))} on average of ${countOf(sizeOf(candidate))}, ` +
    `stable ${roughly(centreOf(stable))} of ${countOf(sizeOf(stable))}: `
  );
}

const decimals = (value: number): string => value.toFixed(2);

function describeLook(shown: LookEvidence, { sides, maxLooks }: GroupSequentialEvidence): string {
  const { z = 0, bound = 0, p = 1, adjustedAlpha = 0, fraction = 0, look, crossed } = shown;
  const of = maxLooks === undefined ? '' : ` of ${maxLooks}`;
  const how = crossed === 'harmful' ? 'reached' : 'is short of';
  return (
    `z = ${decimals(z)} at look ${look}${of}, with ${percent(fraction)} of the planned information, ` +
    `${how} the ${sides === 2 ? 'two-sided ' : ''}bound ${decimals(bound)} ` +
    `(p = ${roughly(p)}, stop at ${roughly(adjustedAlpha)})`
  );
}

function describeEnd({ stoppedAt, isOver, overrun, spentAlpha, alpha }: GroupSequentialEvidence) {
  if (stoppedAt !== undefined) return '';
  const spent = `${roughly(spentAlpha)} of α = ${roughly(alpha)} is spent`;
  if (!isOver) return `; looks remain, ${spent}`;
  return overrun === undefined
    ? '; the plan is over'
    : `; the plan is over, with ${percent(overrun)} more information than planned`;
}
