/**
 * Ports on which something other than HTTP listens that could take a request for its own: those
 * that browsers block (https://fetch.spec.whatwg.org/#port-blocking) and those of common stores.
 */
const blockedPorts = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
  103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
  512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
  995, 1_719, 1_720, 1_723, 2_049, 3_306, 3_659, 4_045, 4_190, 5_060, 5_061, 5_432, 6_000, 6_379,
  6_566, 6_665, 6_666, 6_667, 6_668, 6_669, 6_679, 6_697, 10_080, 11_211,
]);

const maxLength = 2_048;

/**
 * Why an address cannot be called, whoever listens there; `undefined` when it can. Where its name
 * leads to is known only at the call, and is checked there.
 */
export function refuseUrl(text: string): string | undefined {
  if (text.length > maxLength) return `is longer than ${maxLength} characters`;
  if (!URL.canParse(text)) return 'is no URL';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'is neither http nor https';
  if (url.username !== '' || url.password !== '') return 'holds a user name or a password';
  return blockedPorts.has(Number(url.port))
    ? `names port ${url.port}, which is blocked`
    : undefined;
}
