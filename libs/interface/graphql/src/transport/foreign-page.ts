import type { IncomingMessage } from 'node:http';

/**
 * Whether a page asks whose origin is neither listed nor that of the server. Browsers ask nobody
 * before they open a socket, and let the page read whatever comes: it is for the server to refuse.
 */
export function isForeignPage(
  { headers: { origin, host } }: Pick<IncomingMessage, 'headers'>,
  listed: readonly string[],
): boolean {
  // Only browsers say an origin.
  if (origin === undefined || listed.includes(origin)) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
