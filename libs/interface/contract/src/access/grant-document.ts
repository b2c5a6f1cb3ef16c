import { roles, type Grant } from '@spillway/domain-access';
import { namespaceName } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { labelKeyText, labelValueText, nameText } from '../schema/scalars.js';

export const grantDocument = document({
  role: z.enum(roles).describe('What may be done; GET /roles says what each role may.'),
  namespaces: z
    .array(nameText)
    .min(1)
    .max(100)
    .optional()
    .describe('Only for services of these namespaces. Absent: of all.'),
  environments: z
    .array(labelValueText.min(1))
    .min(1)
    .max(100)
    .optional()
    .describe('Only in clusters whose label env is one of these. Absent: in all.'),
  clusters: z
    .record(labelKeyText, labelValueText)
    .refine((labels) => Object.keys(labels).length > 0, { error: 'must name a label' })
    .optional()
    .describe('Only in clusters that have all of these labels. Absent: in all.'),
}).meta({
  description: 'A role, and where it holds.',
  examples: [{ role: 'releaser', namespaces: ['shop'], environments: ['live'] }],
});

export type GrantDocument = z.input<typeof grantDocument>;
type ParsedGrant = z.output<typeof grantDocument>;

export const grantsDocument = z
  .array(grantDocument)
  .min(1, { error: 'must hold at least one role' })
  .max(100)
  .describe('Roles, each with where it holds. Together they allow what any of them allows.');

export const toGrant = ({ role, namespaces, environments, clusters }: ParsedGrant): Grant => ({
  role,
  ...(namespaces === undefined ? {} : { namespaces: namespaces.map(namespaceName) }),
  ...(environments === undefined ? {} : { environments }),
  ...(clusters === undefined ? {} : { clusters }),
});

export const toGrantDocument = (grant: Grant): GrantDocument => ({
  role: grant.role,
  ...(grant.namespaces === undefined ? {} : { namespaces: [...grant.namespaces] }),
  ...(grant.environments === undefined ? {} : { environments: [...grant.environments] }),
  ...(grant.clusters === undefined ? {} : { clusters: { ...grant.clusters } }),
});
