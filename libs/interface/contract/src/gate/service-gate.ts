import type { GateRecord, SetGate } from '@spillway/application';
import { ok, refusal, refuse, type Refusal, type Result, type ServiceName } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { moment, nameText, toMoment } from '../schema/scalars.js';

const state = z.enum(['open', 'closed']).describe('Open lets releases of the service pass.');

export const gateDocument = document({
  state,
  comment: z.string().max(2_000).default('').describe('Why, in your words.'),
}).meta({
  description: 'What a gate of a service is from now on.',
  examples: [{ state: 'open', comment: 'The load test has passed' }],
});

export type GateDocument = z.input<typeof gateDocument>;

export const gateView = z
  .object({
    service: z.string().describe('namespace/name of its service.'),
    name: z.string().describe('Its name, as strategies use it.'),
    state,
    actor: z.string().describe('Who said so last.'),
    comment: z.string().describe('Why; may be empty.'),
    at: moment.describe('When.'),
  })
  .describe(
    'A gate of a service that somebody opened or closed. It stays so, release after release.',
  );

export type GateView = z.output<typeof gateView>;

export const toGateView = ({
  service,
  gate,
  state: is,
  actor,
  comment,
  at,
}: GateRecord): GateView => ({
  service,
  name: gate,
  state: is,
  actor,
  comment,
  at: toMoment(at),
});

/** A gate’s name in an address, and what is said of it. */
export function toSetGate(
  service: ServiceName,
  name: string,
  input: unknown,
): Result<SetGate, Refusal> {
  if (!nameText.safeParse(name).success) {
    return refuse(
      refusal(
        'UNKNOWN_GATE',
        `There is no gate "${name}", and it is no name that one could have.`,
        'Use small letters, digits and "-".',
      ),
    );
  }
  const parsed = parse(gateDocument, input);
  return parsed.ok ? ok({ service, gate: name, ...parsed.value }) : parsed;
}
