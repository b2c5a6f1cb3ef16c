import type { NewToken, RotateToken } from '@spillway/application';
import {
  instant,
  ok,
  tokenName,
  type Refusal,
  type Result,
  type TokenName,
} from '@spillway/kernel';
import type { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { durationText, moment, nameText, toDuration } from '../schema/scalars.js';
import { grantsDocument, toGrant } from './grant-document.js';

export const tokenDocument = document({
  name: nameText.describe('Unique name; the actor of all that is done with the token.'),
  grants: grantsDocument,
  expiresAt: moment
    .optional()
    .describe('When it is not good any more. Absent: until it is revoked.'),
}).meta({
  description: 'A token to be made.',
  examples: [
    {
      name: 'shop-ci',
      grants: [{ role: 'releaser', namespaces: ['shop'] }],
      expiresAt: '2027-01-05T09:00:00.000Z',
    },
  ],
});

export type TokenDocument = z.input<typeof tokenDocument>;

export function toNewToken(input: unknown): Result<NewToken, Refusal> {
  const parsed = parse(tokenDocument, input);
  if (!parsed.ok) return parsed;
  const { name, grants, expiresAt } = parsed.value;
  return ok({
    name: tokenName(name),
    grants: grants.map(toGrant),
    ...(expiresAt === undefined ? {} : { expiresAt: instant(Date.parse(expiresAt)) }),
  });
}

export const tokenRotationDocument = document({
  overlap: durationText
    .default('1h')
    .describe(
      'For so long the text before goes on being good, such as "1h"; "0s" ends it at once.',
    ),
}).meta({ description: 'How a token gets a new text.', examples: [{ overlap: '24h' }] });

export type TokenRotationDocument = z.input<typeof tokenRotationDocument>;

export function toRotateToken(name: TokenName, input: unknown): Result<RotateToken, Refusal> {
  const parsed = parse(tokenRotationDocument, input ?? {});
  return parsed.ok ? ok({ name, overlap: toDuration(parsed.value.overlap) }) : parsed;
}
