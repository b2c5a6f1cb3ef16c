import { z } from 'zod';

/** Go leaves out what is empty, others write it: both are nothing. */
const text = z
  .string()
  .nullable()
  .transform((value) => (value === '' ? undefined : (value ?? undefined)))
  .optional();

const cluster = z.object({
  server: z.string(),
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'tls-server-name': text,
  'proxy-url': text,
});

const user = z.object({
  token: text,
  username: text,
  password: text,
  as: text,
  'client-certificate-data': text,
  'client-key-data': text,
  exec: z.unknown().optional(),
  'auth-provider': z.unknown().optional(),
});

const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullable()
    .default([])
    .transform((all) => all ?? []);

const named = { name: z.string() };

/**
 * What of a kubeconfig is used here; all else in it is let be.
 * Source: client-go, `tools/clientcmd/api/v1/types.go`.
 */
export const kubeconfigDocument = z.object({
  'current-context': text,
  clusters: listOf(z.object({ ...named, cluster })),
  users: listOf(z.object({ ...named, user: user.nullish() })),
  contexts: listOf(z.object({ ...named, context: z.object({ cluster: z.string(), user: text }) })),
});

export type KubeconfigDocument = z.infer<typeof kubeconfigDocument>;
export type KubeconfigCluster = z.infer<typeof cluster>;
export type KubeconfigUser = z.infer<typeof user>;
