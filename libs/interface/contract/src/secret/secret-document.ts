import { ok, secretName, type Refusal, type Result, type SecretName } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { nameText } from '../schema/scalars.js';

export const secretDocument = document({
  value: z
    .string()
    .min(1, { error: 'must not be empty' })
    .max(65_536, { error: 'must be at most 65536 characters' })
    .describe('The text. Stored encrypted, never given out again.'),
}).meta({
  description: 'A text that others refer to by its name, such as a token or a key.',
  examples: [{ value: 'the-text-of-the-key' }],
});

export type SecretDocument = z.input<typeof secretDocument>;

/** What `putSecret` takes. */
export interface PutSecret {
  readonly name: SecretName;
  readonly text: string;
}

const address = z.object({ name: nameText });

/** The name is the address's: a document with a secret in it says nothing else. */
export function toPutSecret(name: string, input: unknown): Result<PutSecret, Refusal> {
  const named = parse(address, { name });
  if (!named.ok) return named;
  const parsed = parse(secretDocument, input);
  return parsed.ok ? ok({ name: secretName(name), text: parsed.value.value }) : parsed;
}
