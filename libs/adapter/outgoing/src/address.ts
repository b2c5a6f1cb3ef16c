import ipaddr from 'ipaddr.js';

/** An address that a name led to: `public`, or why it is not for everybody. */
export type AddressKind = 'public' | 'metadata' | 'private' | 'unusable';

/** IPv4, or IPv6 that is not IPv4 in disguise. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Where clouds tell machines their credentials, beside the link-local addresses. */
const metadataAddresses = new Set([
  '168.63.129.16',
  '100.100.100.200',
  'fd00:ec2::254',
  'fd20:ce::254',
]);

const globalUnicast = ipaddr.parseCIDR('2000::/3');
const translated = ipaddr.parseCIDR('64:ff9b::/96');

/**
 * Reads an address as resolvers and sockets write it. IPv4 that is written as IPv6 (`::ffff:…`, and
 * `64:ff9b::…` of a NAT64, which ends at the IPv4 address) is read as the IPv4 address.
 */
export function readAddress(text: string): Address | undefined {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.process(text);
  return address instanceof ipaddr.IPv6 && address.match(translated)
    ? new ipaddr.IPv4(address.toByteArray().slice(12))
    : address;
}

export function kindOf(address: Address): AddressKind {
  const range = address.range();
  if (range === 'linkLocal' || metadataAddresses.has(address.toString())) return 'metadata';
  if (range === 'unspecified' || range === 'multicast' || range === 'broadcast') return 'unusable';
  if (range !== 'unicast') return 'private';
  // Whatever IPv6 is not assigned to anybody may be given a meaning by the network it is sent from.
  return address instanceof ipaddr.IPv6 && !address.match(globalUnicast) ? 'private' : 'public';
}
