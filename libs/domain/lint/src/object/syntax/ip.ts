const octet = /^(?:0|[1-9]\d{0,2})$/;
const group = /^[0-9a-fA-F]{1,4}$/;

/** An IPv4 or IPv6 address, without a port or a mask. */
export function isIp(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

function isIpv4(text: string): boolean {
  const octets = text.split('.');
  return octets.length === 4 && octets.every((part) => octet.test(part) && Number(part) <= 255);
}

/** Eight groups, of which `::` stands for one or more; an IPv4 address may be the last two. */
function isIpv6(text: string): boolean {
  const [address = '', zone] = text.split('%', 2);
  const halves = address.split('::');
  if (zone === '' || !address.includes(':') || halves.length > 2) return false;
  const counts = halves.map((half, index) => groupsOf(half, index === halves.length - 1));
  const total = counts.reduce((sum, count) => sum + count, 0);
  return halves.length === 2 ? total < 8 : total === 8;
}

/** How many groups are written, or not a number if they are none. */
function groupsOf(half: string, isLast: boolean): number {
  if (half === '') return 0;
  const parts = half.split(':');
  const v4 = isLast && isIpv4(parts.at(-1) ?? '');
  const groups = v4 ? parts.slice(0, -1) : parts;
  return groups.every((part) => group.test(part)) ? groups.length + (v4 ? 2 : 0) : Number.NaN;
}

/** `10.0.0.0/8`. A zone has no place in it. */
export function isCidr(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/');
  if (more.length > 0 || address.includes('%') || !octet.test(bits)) return false;
  return (isIpv4(address) && Number(bits) <= 32) || (isIpv6(address) && Number(bits) <= 128);
}
