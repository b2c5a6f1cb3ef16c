import type { MemberRecord, NewMember } from '@spillway/application';
import { memberName, ok, type Refusal, type Result } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { moment, nameText, toMoment } from '../schema/scalars.js';
import { grantDocument, grantsDocument, toGrant, toGrantDocument } from './grant-document.js';

const claims = z
  .record(z.string().min(1).max(100), z.string().min(1).max(500))
  .refine((wanted) => Object.keys(wanted).length > 0, { error: 'must name a claim' });

export const memberDocument = document({
  name: nameText.describe('Unique name, for people.'),
  provider: nameText.describe('The identity provider, as the settings of the server call it.'),
  claims: claims.describe(
    'What the provider must say of somebody: each claim with its value. Of a list the value must be in it.',
  ),
  grants: grantsDocument,
}).meta({
  description: 'Those of whom an identity provider says the same, and what they may do.',
  examples: [
    {
      name: 'sre',
      provider: 'company',
      claims: { groups: 'sre' },
      grants: [{ role: 'operator' }],
    },
  ],
});

export type MemberDocument = z.input<typeof memberDocument>;

export function toNewMember(input: unknown): Result<NewMember, Refusal> {
  const parsed = parse(memberDocument, input);
  if (!parsed.ok) return parsed;
  const { name, provider, claims: wanted, grants } = parsed.value;
  return ok({ name: memberName(name), provider, claims: wanted, grants: grants.map(toGrant) });
}

export const memberView = z
  .object({
    name: z.string().describe('Unique name, for people.'),
    provider: z.string().describe('The identity provider.'),
    claims: z.record(z.string(), z.string()).describe('What the provider must say of somebody.'),
    grants: z.array(grantDocument).describe('Roles, each with where it holds.'),
    createdAt: moment.describe('When it was first put.'),
    updatedAt: moment.describe('When it was last put.'),
  })
  .describe('Those of whom an identity provider says the same.');

export type MemberView = z.output<typeof memberView>;

export const toMemberView = (member: MemberRecord): MemberView => ({
  name: member.name,
  provider: member.provider,
  claims: { ...member.claims },
  grants: member.grants.map(toGrantDocument),
  createdAt: toMoment(member.createdAt),
  updatedAt: toMoment(member.updatedAt),
});
