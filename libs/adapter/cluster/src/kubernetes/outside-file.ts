import { parse } from 'yaml';

/** Fields of a kubeconfig that name a file. client-node reads some of them while it parses. */
const fileFields = new Set([
  'certificate-authority',
  'client-certificate',
  'client-key',
  'token-file',
  'tokenFile',
]);

/**
 * The first file that a kubeconfig refers to. To be asked before anything else
 * parses it: reading a file of this machine for whoever sent the kubeconfig, and
 * sending its content as a token to a server of their choice, must not happen.
 * Throws where the text is no YAML.
 */
export const outsideFile = (kubeconfig: string): string | undefined => fileIn(parse(kubeconfig));

function fileIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = fileFields.has(key) ? text(inner) : fileIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
