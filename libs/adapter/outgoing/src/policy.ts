import { CodedError } from '@spillway/kernel';
import ipaddr from 'ipaddr.js';
import { kindOf, readAddress, type Address } from './address.js';

/** Which addresses may be called, beside the public ones. */
export interface OutgoingPolicy {
  /**
   * - `nothingPrivate`: for addresses that users write.
   * - `noMetadata`: for those that operators write, where private networks are the rule.
   */
  readonly reach: 'nothingPrivate' | 'noMetadata';
  readonly networks: readonly (readonly [Address, number])[];
  /** Names that may lead to private addresses; `*.` in front stands for any labels. */
  readonly hosts: readonly string[];
}

const hostPattern = /^(?:\*\.)?[a-z0-9_](?:[-a-z0-9_.]*[a-z0-9_])?$/;

/**
 * Reads a list such as `127.0.0.1, 10.20.0.0/16, loadtester.test, *.svc.cluster.local`. Throws
 * `INVALID_CONFIGURATION` for what is neither.
 */
export function readPolicy(
  reach: OutgoingPolicy['reach'],
  allow: readonly string[] = [],
): OutgoingPolicy {
  const networks: (readonly [Address, number])[] = [];
  const hosts: string[] = [];
  for (const entry of allow) {
    const network = readNetwork(entry);
    if (network !== undefined) networks.push(network);
    else hosts.push(readHost(entry));
  }
  return { reach, networks, hosts };
}

/** Why `host` may not be called at `address`; `undefined` when it may. */
export function refuseAddress(
  policy: OutgoingPolicy,
  host: string,
  text: string,
): string | undefined {
  const address = readAddress(text);
  if (address === undefined) return `${host} leads to ${text}, which is no address`;
  if (isListed(policy, address)) return undefined;
  const kind = kindOf(address);
  if (kind === 'public') return undefined;
  if (kind === 'private' && (policy.reach === 'noMetadata' || isNamed(policy, host))) {
    return undefined;
  }
  return `${leads(host, text)} ${meaning[kind]}`;
}

const meaning = {
  metadata: 'is where machines keep credentials; it is never called unless the address is allowed',
  private: 'is not public; SPILLWAY_OUTGOING_ALLOW may allow it',
  unusable: 'is nobody that could answer',
} as const;

const leads = (host: string, address: string): string =>
  host === address ? address : `${host} leads to ${address}, which`;

const isListed = ({ networks }: OutgoingPolicy, address: Address): boolean =>
  networks.some(
    ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
  );

const isNamed = ({ hosts }: OutgoingPolicy, host: string): boolean => {
  const name = host.toLowerCase().replace(/\.$/, '');
  return hosts.some((one) => (one.startsWith('*.') ? name.endsWith(one.slice(1)) : name === one));
};

function readNetwork(entry: string): readonly [Address, number] | undefined {
  const single = readAddress(entry);
  if (single !== undefined) return [single, single.kind() === 'ipv4' ? 32 : 128];
  return ipaddr.isValidCIDR(entry) ? ipaddr.parseCIDR(entry) : undefined;
}

function readHost(entry: string): string {
  const host = entry.toLowerCase();
  // A name without any letter is an address that was not written out.
  if (hostPattern.test(host) && /[a-z]/.test(host) && !host.startsWith('0x')) return host;
  throw new CodedError(
    'INVALID_CONFIGURATION',
    `"${entry}" is neither a host, nor an address, nor a network.`,
    'Write "loadtester.test", "*.svc.cluster.local", "10.1.2.3" or "10.0.0.0/8".',
  );
}
