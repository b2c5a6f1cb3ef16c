import { verdictKinds, type VerdictKind } from '@spillway/interface-contract';
import { z } from 'zod';

const moment = z
  .object({
    look: z.int().min(1).describe('After how many windows.'),
    at: z.string().exactOptional().describe('As it was written.'),
  })
  .meta({ id: 'LookMoment', description: 'When it was said first.' });

const look = z
  .object({
    look: z.int().min(1).describe('After how many windows.'),
    at: z.string().exactOptional().describe('As it was written.'),
    verdict: z.enum(verdictKinds).describe('What was known then gives this.'),
    because: z.string().describe('In a sentence, with the figures.'),
  })
  .meta({ id: 'ReplayedLook', description: 'One look, knowing none that came later.' });

/** What `spillway analysis replay -o json` prints. */
export const replayReport = z
  .object({
    judge: z.string(),
    looks: z.array(look).describe('In the order of time.'),
    first: z
      .object({
        fail: moment.exactOptional(),
        pass: moment.exactOptional(),
        splitNotInForce: moment.exactOptional(),
      })
      .describe('The first look with each of these verdicts; absent where there was none.'),
    last: z
      .object({
        judge: z.string(),
        verdict: z.enum(verdictKinds),
        because: z.string(),
        evidence: z.record(z.string(), z.unknown()),
      })
      .describe('After all looks, as in the analysis verdicts.'),
  })
  .meta({
    title: 'Spillway analysis replay',
    description: 'What `spillway analysis replay -o json` prints.',
  });

type Moment = z.output<typeof moment>;

/** The same, with nothing to be written to. */
export interface ReplayReport {
  readonly judge: string;
  readonly looks: readonly Readonly<z.output<typeof look>>[];
  readonly first: {
    readonly fail?: Moment;
    readonly pass?: Moment;
    readonly splitNotInForce?: Moment;
  };
  readonly last: {
    readonly judge: string;
    readonly verdict: VerdictKind;
    readonly because: string;
    readonly evidence: object;
  };
}
