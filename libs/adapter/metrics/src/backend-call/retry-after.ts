import type { Instant } from '@spillway/kernel';
import type { ReplyHeaders } from './dialect.js';

/** How many milliseconds `Retry-After` asks to wait: whole seconds, or an HTTP date. */
export function retryAfterMs(headers: ReplyHeaders, now: Instant): number | undefined {
  const text = headerOf(headers, 'retry-after')?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** A header's text; `name` in small letters. */
export function headerOf(headers: ReplyHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
