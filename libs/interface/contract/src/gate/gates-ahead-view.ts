import type { GatesAhead } from '@spillway/application';
import { describeGate } from '@spillway/domain-release';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';

const gateAheadView = z
  .object({
    name: z.string().describe('Its name.'),
    wave: z.int().describe('Index of the wave that it is in front of, from 0.'),
    step: z.int().describe('Index of its step in the plan, from 0.'),
    wants: z.string().describe('What lets a release pass, in words.'),
    state: z
      .enum(['open', 'closed'])
      .optional()
      .describe('As it is now, where it is opened by hand.'),
  })
  .describe('A gate that the release will come to.');

const freezeAheadView = z
  .object({
    window: z.string().describe('Name of the freeze window.'),
    clusters: z.array(z.string()).describe('Where it concerns the release.'),
    inForce: z.boolean().describe('True when it would hold the release now.'),
    changesAt: moment.optional().describe('When it ends, or begins next; absent: never.'),
    because: z.string().describe('Why; may be empty.'),
  })
  .describe('A freeze window that concerns the release.');

/** What a plan shows of what would hold it. */
export const gatesAheadFields = {
  planDigest: z.string().describe('What approvals will be bound to.'),
  gates: z.array(gateAheadView).describe('The gates of the plan, in order.'),
  freezes: z.array(freezeAheadView).describe('Freeze windows that hold it, or will.'),
};

const fields = z.object(gatesAheadFields);

export const toGatesAhead = ({ digest, gates, freezes }: GatesAhead): z.output<typeof fields> => ({
  planDigest: digest,
  gates: gates.map(({ gate, wave, index, rule, state }) => ({
    name: gate,
    wave,
    step: index,
    wants: describeGate(rule),
    ...(state === undefined ? {} : { state }),
  })),
  freezes: freezes.map(({ window, clusters, isInForce, changesAt, because }) => ({
    window,
    clusters: [...clusters],
    inForce: isInForce,
    ...(changesAt === undefined ? {} : { changesAt: toMoment(changesAt) }),
    because,
  })),
});
