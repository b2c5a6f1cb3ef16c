const label = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const wildcardLabel = /^(?:\*|(?:\*|\*-)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/;
const longestLabel = 63;
const longestDomain = 255;

/** A DNS label as Istio reads it: upper case is allowed. */
export const isDnsLabel = (text: string): boolean =>
  text.length <= longestLabel && label.test(text);

const isWildcardLabel = (text: string): boolean =>
  text.length <= longestLabel && wildcardLabel.test(text);

/** Why a text is not a domain. */
export type DomainFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'long' }
  | { readonly kind: 'numeric'; readonly label: string }
  | { readonly kind: 'label'; readonly label: string };

/** What keeps the text from being a domain without wildcards. */
export const fqdnFault = (domain: string): DomainFault | undefined =>
  lengthFault(domain) ?? labelsFault(domain);

/** What keeps the text from being a domain whose first label may be `*`, `*-x` or `*x`. */
export function wildcardDomainFault(domain: string): DomainFault | undefined {
  const tooLong = lengthFault(domain);
  if (tooLong !== undefined) return tooLong;
  const dot = domain.indexOf('.');
  const first = dot < 0 ? domain : domain.slice(0, dot);
  if (!isWildcardLabel(first)) return { kind: 'label', label: first };
  return dot < 0 ? undefined : labelsFault(domain.slice(dot + 1));
}

function lengthFault(domain: string): DomainFault | undefined {
  if (domain.length > longestDomain) return { kind: 'long' };
  return domain === '' ? { kind: 'empty' } : undefined;
}

function labelsFault(domain: string): DomainFault | undefined {
  const labels = domain.split('.');
  const top = labels.at(-1) ?? '';
  if (/^[+-]?\d+$/.test(top)) return { kind: 'numeric', label: top };
  // `istio.io.` ends in an empty label and is a domain.
  const named = top === '' ? labels.slice(0, -1) : labels;
  const bad = named.find((each) => !isDnsLabel(each));
  return bad === undefined ? undefined : { kind: 'label', label: bad };
}

/** `*-x.y` and `*x.y`: a wildcard that is less than the first label. */
export const isPartialWildcard = (host: string): boolean =>
  host.includes('*') && host !== '*' && !host.startsWith('*.');

const isWildcard = (host: string): boolean => host.startsWith('*');

/** Whether some host name fits both. */
export const hostsOverlap = (one: string, other: string): boolean =>
  hostWithin(one, other) || hostWithin(other, one);

/** Whether every name that fits `host` fits `pattern` too. */
export function hostWithin(host: string, pattern: string): boolean {
  if (!isWildcard(pattern)) return host === pattern;
  if (!isWildcard(host)) return host.endsWith(pattern.slice(1));
  return host.length >= pattern.length && host.slice(1).endsWith(pattern.slice(1));
}
