import { egressProtocols, egressResolutions } from '@spillway/domain-egress';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { nameText, positiveDurationText } from '../schema/scalars.js';

const said = z.string().trim().min(1, { error: 'must not be empty' }).max(500);

export const egressPortDocument = document({
  number: z
    .int()
    .min(1, { error: 'must be 1 to 65535' })
    .max(65_535, { error: 'must be 1 to 65535' })
    .describe('The port that is called.'),
  protocol: z.enum(egressProtocols).describe('What is spoken on it; TLS is passed on by its SNI.'),
}).describe('A port and what is spoken on it.');

export const allowedEgressDocument = document({
  hosts: z
    .array(z.string().max(253))
    .min(1)
    .max(256)
    .describe('Full names in lower case, such as api.example.com or *.example.com.'),
  ports: z.array(egressPortDocument).min(1).max(50).describe('The ports of these hosts.'),
  owner: said.describe('Who answers for it; written into the cluster.'),
  reason: said.describe('Why it is allowed; written into the cluster.'),
  resolution: z
    .enum(egressResolutions)
    .default('NONE')
    .describe('NONE sends to the address that the caller found; DNS lets the proxy find it.'),
}).describe('Hosts that may be reached, and who answers for it.');

export const egressPolicyDocument = document({
  name: nameText.describe('The namespace.'),
  clusters: z.array(nameText).min(1).max(200).describe('Clusters that the policy holds in.'),
  mode: z
    .enum(['observe', 'enforce'])
    .default('observe')
    .describe('observe writes the allow-list and blocks nothing; enforce blocks all else.'),
  allow: z.array(allowedEgressDocument).max(500).describe('What may be reached.'),
  acceptBlocked: said
    .optional()
    .describe('Why it may be enforced though traffic would be blocked, or nobody knows.'),
}).meta({
  description: 'What the workloads of a namespace may reach outside the mesh.',
  examples: [
    {
      name: 'shop',
      clusters: ['eu-west'],
      mode: 'observe',
      allow: [
        {
          hosts: ['api.stripe.com'],
          ports: [{ number: 443, protocol: 'TLS' }],
          owner: 'payments',
          reason: 'Card payments',
        },
      ],
    },
  ],
});

export type EgressPolicyDocument = z.input<typeof egressPolicyDocument>;

export const egressEnforceDocument = document({
  acceptBlocked: said
    .optional()
    .describe('Why it may be enforced though traffic would be blocked, or nobody knows.'),
  window: positiveDurationText
    .default('24h')
    .describe('How far back to look for traffic that would be blocked.'),
}).meta({
  description: 'What goes with closing a namespace.',
  examples: [{ acceptBlocked: 'CHG-1042: the old feed is switched off' }],
});

export type EgressEnforceDocument = z.input<typeof egressEnforceDocument>;

export const egressReportQuery = document({
  window: positiveDurationText.default('24h').describe('How far back to look; default 24h.'),
});
