import type { SourceConnection } from '@spillway/application';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { nameText } from '../schema/scalars.js';

/** What a document says of a kind, as the application has it. */
export type FieldsOf<Kind extends SourceConnection['kind']> = Omit<
  Extract<SourceConnection, { readonly kind: Kind }>,
  'kind' | 'timeoutMs'
>;

export const secretRef = (what: string) =>
  document({ secret: nameText.describe('Name of the secret.') }).describe(what);

/** A word that becomes part of an address. */
export const word = (form: RegExp, what: string) =>
  z
    .string()
    .max(253)
    .regex(form, { error: `must be ${what}` });
