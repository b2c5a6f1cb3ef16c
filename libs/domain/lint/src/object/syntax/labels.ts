import { isDnsLabel } from './dns.js';

const name = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const longestName = 63;
const longestPrefix = 253;

/** What keeps the text from being the key of a Kubernetes label. */
export function labelKeyFault(key: string): string | undefined {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const bare = key.slice(slash + 1);
  if (!name.test(bare)) return 'its name has characters that a label key cannot have';
  if (prefix !== undefined && !prefix.split('.').every(isDnsLabel)) {
    return 'its prefix is not a DNS name';
  }
  if (prefix !== undefined && prefix.length > longestPrefix) return 'its prefix is too long';
  return bare.length > longestName ? 'its name is too long' : undefined;
}

/** Istio does not look at the length of a value. */
export const isLabelValue = (value: string): boolean => value === '' || name.test(value);
