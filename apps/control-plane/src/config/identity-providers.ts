import { readFileSync } from 'node:fs';
import type { ProviderSettings } from '@spillway/adapter-identity';
import { CodedError } from '@spillway/kernel';
import { z } from 'zod';

const provider = z.strictObject({
  name: z.string().regex(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/, 'small letters, digits and "-"'),
  issuer: z.url({ protocol: /^https?$/ }),
  audience: z.string().min(1),
  actorClaim: z.string().min(1).default('email'),
  clientId: z.string().min(1).optional(),
});

const file = z.strictObject({ providers: z.array(provider).min(1) });

/**
 * Reads the JSON file of `SPILLWAY_OIDC_FILE`. Throws `INVALID_CONFIGURATION` with the field
 * that is wrong: a provider that is half configured would lock people out, or let them in.
 */
export function readIdentityProviders(path: string | undefined): readonly ProviderSettings[] {
  if (path === undefined) return [];
  const parsed = file.safeParse(parseJson(path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(path, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not right'}`);
  }
  const { providers } = parsed.data;
  const names = new Set(providers.map(({ name }) => name));
  if (names.size < providers.length) throw wrong(path, 'providers: two have the same name');
  return providers.map(({ clientId, ...known }) => ({
    ...known,
    ...(clientId === undefined ? {} : { clientId }),
  }));
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw wrong(path, 'it cannot be read as JSON', cause);
  }
}

const wrong = (path: string, what: string, cause?: unknown): CodedError =>
  new CodedError(
    'INVALID_CONFIGURATION',
    `SPILLWAY_OIDC_FILE "${path}" is not right: ${what}.`,
    'See docs/guides/access.md for an example.',
    { cause },
  );
