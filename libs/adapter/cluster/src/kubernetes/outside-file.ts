/** Fields of a kubeconfig that name a file. */
const fileFields = new Set([
  'certificate-authority',
  'client-certificate',
  'client-key',
  'token-file',
  'tokenFile',
]);

/**
 * The first file that a kubeconfig refers to, wherever in it. Reading a file of this machine for
 * whoever sent the kubeconfig, and sending its content as a token to a server of their choice, must
 * not happen.
 */
export function outsideFile(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = fileFields.has(key) ? text(inner) : outsideFile(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
