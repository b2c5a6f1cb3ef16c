import { roles } from '@spillway/domain-access';
import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { nameText, positiveDurationText } from '../schema/scalars.js';

/** Names of people and tokens, as `actor` shows them. */
export const personText = z.string().min(1, { error: 'must not be empty' }).max(200);

const name = nameText.describe('Its name, for people and for who opens it.');

const approvalsDocument = document({
  count: z.int().min(1).max(20).describe('How many different people, or tokens, must approve.'),
  roles: z
    .array(z.enum(roles))
    .min(1)
    .max(roles.length)
    .exactOptional()
    .describe('Who has one of these roles where the release is may approve.'),
  people: z
    .array(personText)
    .min(1)
    .max(100)
    .exactOptional()
    .describe('So may these, by the names that events show.'),
  selfApproval: z
    .boolean()
    .exactOptional()
    .describe(
      'False: not who started the release, changed its strategy or wrote that; default true.',
    ),
  expiresAfter: positiveDurationText
    .exactOptional()
    .describe('An approval counts for so long; without it until the plan is another one.'),
  onReject: z
    .enum(['rollback', 'pause'])
    .exactOptional()
    .describe('What a rejection does; default rollback.'),
});

export const gateStepDocument = oneOf(
  ['approvals', 'manual'],
  [
    document({ name, approvals: approvalsDocument.describe('Whose yes it takes.') }),
    document({
      name,
      manual: z
        .enum(['open', 'closed'])
        .describe('As long as nobody said otherwise for the service.'),
    }),
  ],
);

export type ParsedGateStep = z.output<typeof gateStepDocument>;
