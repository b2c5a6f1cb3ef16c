import { operations, type Identity } from '@spillway/application';
import { roles, type Role } from '@spillway/domain-access';
import { z } from 'zod';
import { grantDocument, toGrantDocument } from './grant-document.js';

export const identityView = z
  .object({
    actor: z.string().describe('The name under which all that you do is noted.'),
    grants: z.array(grantDocument).describe('Your roles, each with where it holds.'),
  })
  .describe('Who asks, as the server knows them.');

export type IdentityView = z.output<typeof identityView>;

export const toIdentityView = ({ actor, grants }: Identity): IdentityView => ({
  actor,
  grants: grants.map(toGrantDocument),
});

export const roleView = z
  .object({
    role: z.enum(roles).describe('The role.'),
    operations: z.array(z.string()).describe('The operations that it may do, where it holds.'),
  })
  .describe('A role, and what it may do.');

export type RoleView = z.output<typeof roleView>;

const mayDo = (role: Role): string[] =>
  Object.entries(operations)
    .filter(([, operation]) => operation.isOpen === true || operation.roles.includes(role))
    .map(([name]) => name)
    .sort();

/** The authorization matrix, role by role. */
export const roleViews = (): RoleView[] => roles.map((role) => ({ role, operations: mayDo(role) }));

export const rolesView = z
  .object({ items: z.array(roleView).describe('Every role.') })
  .describe('All roles.');
