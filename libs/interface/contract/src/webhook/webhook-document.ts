import { webhookProviders, type NewWebhook, type WebhookRecord } from '@spillway/application';
import { ok, secretName, webhookName, type Refusal, type Result } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { moment, nameText, toMoment } from '../schema/scalars.js';

const pointer = z
  .string()
  .max(300)
  .regex(/^(?:\/(?:[^~/]|~[01])*)+$/, { error: 'must be a JSON pointer such as "/artifact/tag"' });

const secretRef = document({ secret: nameText.describe('Name of the secret.') });

const mappingDocument = document({
  event: pointer.optional().describe('Where the event’s name is; of CloudEvents it is the type.'),
  status: pointer
    .optional()
    .describe('Where created, running, success, failure or cancelled is. Absent: success.'),
  repository: pointer.optional().describe('Where the repository is.'),
  environment: pointer.optional().describe('Where the environment is.'),
  image: pointer.optional().describe('Where the image with its tag is.'),
  branch: pointer.optional().describe('Where the branch is.'),
  tag: pointer.optional().describe('Where the git tag is.'),
  sha: pointer.optional().describe('Where the commit is.'),
  service: pointer.optional().describe('Where namespace/name of the service is.'),
  version: pointer.optional().describe('Where the version is.'),
});

const fields = {
  name: nameText.describe('Unique name; it is part of the address that deliveries are sent to.'),
  provider: z.enum(webhookProviders).describe('Who sends: how it signs, and what it writes.'),
  secrets: z
    .array(secretRef)
    .min(1, { error: 'needs a secret: nothing is taken without one' })
    .max(2, { error: 'at most two: the one that is used, and the one that is on its way out' })
    .describe('What deliveries are signed with: either of these.'),
  mapping: mappingDocument
    .optional()
    .describe('Where the facts are in a payload of one’s own; of generic and cloudEvents only.'),
};

const isReadable = ({ provider, mapping }: { provider: string; mapping?: unknown }): boolean =>
  mapping === undefined || provider === 'generic' || provider === 'cloudEvents';

export const webhookDocument = document(fields)
  .refine(isReadable, {
    path: ['mapping'],
    error: 'is for the providers generic and cloudEvents; of the others the payload is known',
  })
  .meta({
    description: 'An address at which CI systems tell that something was deployed.',
    examples: [{ name: 'github', provider: 'github', secrets: [{ secret: 'github-webhook' }] }],
  });

export type WebhookDocument = z.input<typeof webhookDocument>;

/** A webhook document, as it came, to what `putWebhook` takes. */
export function toNewWebhook(input: unknown): Result<NewWebhook, Refusal> {
  const parsed = parse(webhookDocument, input);
  if (!parsed.ok) return parsed;
  const { name, provider, secrets, mapping } = parsed.value;
  return ok({
    name: webhookName(name),
    provider,
    secrets: secrets.map(({ secret }) => secretName(secret)),
    ...(mapping === undefined ? {} : { mapping: withoutAbsent(mapping) }),
  });
}

const withoutAbsent = (mapping: z.output<typeof mappingDocument>): NewWebhook['mapping'] & object =>
  Object.fromEntries(Object.entries(mapping).filter(([, at]) => at !== undefined));

/** The document; without the address and the moments it can be put again. */
export const webhookView = z
  .object({
    ...fields,
    address: z.string().describe('Where deliveries are sent to, below the server’s own address.'),
    createdAt: moment.describe('When it was added.'),
    updatedAt: moment.describe('When it was last replaced.'),
  })
  .describe(
    'An address at which CI systems tell what was deployed. It names secrets and holds none.',
  );

export type WebhookView = z.output<typeof webhookView>;

/** Where a webhook's deliveries are sent to. */
export const hookAddress = (name: string): string => `/hooks/${name}`;

export const toWebhookView = (record: WebhookRecord): WebhookView => ({
  name: record.name,
  provider: record.provider,
  secrets: record.secrets.map((secret) => ({ secret })),
  ...(record.mapping === undefined ? {} : { mapping: record.mapping as WebhookView['mapping'] }),
  address: hookAddress(record.name),
  createdAt: toMoment(record.createdAt),
  updatedAt: toMoment(record.updatedAt),
});
