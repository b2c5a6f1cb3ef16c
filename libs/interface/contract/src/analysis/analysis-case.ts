import { ok, refusal, refuse, type Refusal, type Result } from '@spillway/kernel';
import { z } from 'zod';
import { nearest } from '../schema/did-you-mean.js';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { judgeNames, judges, type JudgeName } from './judges.js';
import { verdictKinds, type Judged, type OfflineJudge } from './offline-judge.js';

/** A verdict with what it is about. */
export interface AnalysisVerdict extends Judged {
  readonly name?: string;
  readonly judge: JudgeName;
}

const name = z.string().exactOptional().describe('Yours; shown beside the verdict.');

const frame = document({
  name,
  judge: z.unknown().optional(),
  settings: z.unknown().optional(),
  measurements: z.unknown().optional(),
});

/** Judges one case as it came. The refusal names the first wrong fields within the case. */
export function judgeCase(input: unknown): Result<AnalysisVerdict, Refusal> {
  const read = parse(frame, input);
  if (!read.ok) return read;
  const { judge, name: called } = read.value;
  if (!isJudge(judge)) return refuse(noJudge(judge));
  const judged = judges[judge].judge(read.value);
  if (!judged.ok) return judged;
  return ok({ ...(called === undefined ? {} : { name: called }), judge, ...judged.value });
}

export const isJudge = (judge: unknown): judge is JudgeName =>
  typeof judge === 'string' && (judgeNames as readonly string[]).includes(judge);

export function noJudge(judge: unknown): Refusal {
  const meant = typeof judge === 'string' ? nearest(judge, judgeNames) : undefined;
  const said = judge === undefined ? 'is missing' : `there is no ${JSON.stringify(judge)}`;
  const hint = meant === undefined ? '.' : `, did you mean "${meant}"?`;
  return refusal(
    'INVALID_INPUT',
    `judge: ${said}${hint} Known: ${judgeNames.join(', ')}.`,
    'Name one of the judges.',
    'judge',
  );
}

/** May be left out where nothing in it must be there. */
const leavable = (part: z.ZodType): z.ZodType =>
  part.safeParse({}).success ? part.optional() : part;

const caseOf = ([judge, { about, settings, measurements }]: [string, OfflineJudge]) =>
  document({
    name,
    judge: z.literal(judge),
    settings: leavable(settings),
    measurements: leavable(measurements),
  }).describe(about);

/** What `spillway analysis evaluate` reads. */
export const analysisCases = z.array(z.union(Object.entries(judges).map(caseOf))).meta({
  title: 'Spillway analysis cases',
  description: 'What `spillway analysis evaluate` reads: cases, each with a judge.',
});

const verdictOf = ([judge, { evidence }]: [string, OfflineJudge]) =>
  z
    .object({
      name,
      judge: z.literal(judge),
      verdict: z.enum(verdictKinds),
      because: z.string().describe('In a sentence, with the figures.'),
      evidence,
    })
    .describe(`By ${judge}.`);

/** What `spillway analysis evaluate -o json` prints. */
export const analysisVerdicts = z.array(z.union(Object.entries(judges).map(verdictOf))).meta({
  title: 'Spillway analysis verdicts',
  description:
    'What `spillway analysis evaluate -o json` prints: a verdict for each case, in order.',
});
