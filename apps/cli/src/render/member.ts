import type { Member } from '@spillway/sdk';
import { grantsText } from './grant.js';
import { facts, table } from './table.js';

const claimsText = ({ claims }: Member): string =>
  Object.entries(claims)
    .map(([claim, value]) => `${claim}=${value}`)
    .join(', ');

export const memberTable = (members: readonly Member[]): string =>
  table(
    ['NAME', 'PROVIDER', 'CLAIMS', 'MAY BE'],
    members.map((member) => [
      member.name,
      member.provider,
      claimsText(member),
      grantsText(member.grants),
    ]),
  );

export const memberFacts = (member: Member): string =>
  facts([
    ['Name', member.name],
    ['Provider', member.provider],
    ['Claims', claimsText(member)],
    ['May be', grantsText(member.grants)],
    ['Changed', member.updatedAt],
  ]);
