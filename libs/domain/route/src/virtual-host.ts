import { bareHost, isWildcard, isWithin } from './host-match.js';
import type { CompiledItem } from './compile.js';
import type { Service } from './read/service.js';

/** The routes of a set of names on one listener, as Envoy has them. */
export interface VirtualHost {
  readonly domains: readonly string[];
  readonly items: readonly CompiledItem[];
  /** Why these routes and no others, in sentences. */
  readonly because: readonly string[];
  /** Plain requests are sent to `https` before any route is looked at. */
  readonly requiresTls: boolean;
}

/**
 * Envoy's choice: the name itself, else the longest wildcard that covers it with
 * something to spare, else `*`. There is no second try when none of its routes fits.
 */
export function virtualHostFor(
  hosts: readonly VirtualHost[],
  authority: string,
): VirtualHost | undefined {
  const host = bareHost(authority);
  const exact = hosts.find(({ domains }) => domains.includes(host));
  if (exact) return exact;
  const covering = hosts.flatMap((candidate) =>
    candidate.domains
      .filter((domain) => isWildcard(domain) && covers(domain, host))
      .map((domain) => ({ domain, candidate })),
  );
  const [longest] = covering.toSorted((a, b) => b.domain.length - a.domain.length);
  return longest?.candidate;
}

const covers = (wildcard: string, host: string): boolean =>
  wildcard === '*' || (host.length >= wildcard.length && isWithin(host, wildcard));

/** Every name that a sidecar in `namespace` knows a service by: short forms for services of the cluster. */
export function domainsOf(
  service: Service,
  aliases: readonly string[],
  namespace: string,
  domain: string,
): Domains {
  const names = [service.hostname, ...aliases];
  const short = names.flatMap((name) => shortForms(name, namespace, domain));
  const own = [...names, ...short];
  return {
    domains: [
      ...own,
      ...(service.headless ? own.map((name) => `*.${name}`) : []),
      ...service.addresses.map((address) => (address.includes(':') ? `[${address}]` : address)),
    ].map((name) => name.toLowerCase()),
    short,
  };
}

export interface Domains {
  readonly domains: readonly string[];
  /** Those that give way when another service is really called so. */
  readonly short: readonly string[];
}

function shortForms(hostname: string, namespace: string, domain: string): readonly string[] {
  const suffix = `.svc.${domain}`;
  if (!hostname.endsWith(suffix)) return [];
  const withNamespace = hostname.slice(0, -suffix.length);
  const [name = '', ...owner] = withNamespace.split('.');
  if (owner.length === 0) return [];
  const bare = owner.join('.') === namespace ? [name] : [];
  return [...bare, withNamespace, `${withNamespace}.svc`];
}

/** Whether a client in `namespace` means this service when it says `host`. */
export const knownAs = (
  service: Service,
  host: string,
  namespace: string,
  domain: string,
): boolean =>
  domainsOf(service, [], namespace, domain).domains.some(
    (name) => name === host || (isWildcard(name) && covers(name, host)),
  );
