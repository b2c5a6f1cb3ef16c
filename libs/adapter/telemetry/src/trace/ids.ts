import { createHash, randomBytes } from 'node:crypto';
import type { ReleaseId } from '@spillway/kernel';
import type { SpanPlace } from './span.js';

/** The digits of a release's UUID are a valid trace id, which every process knows without asking. */
export const traceIdOf = (release: ReleaseId): string => release.replaceAll('-', '').toLowerCase();

/** The same in every process, so that one may name a span that another one writes. */
export const spanIdOf = (release: ReleaseId, key: string): string =>
  createHash('sha256').update(`${release} ${key}`).digest('hex').slice(0, 16);

/** Of a span that nobody else has to find. */
export const newSpanId = (): string => randomBytes(8).toString('hex');

/** Of the digits that decide; as many as a number holds exactly. */
const digits = 13;

/**
 * Whether a share of all traces has this one in it, by the last digits, which are random in a UUID.
 * All processes agree, so a trace is whole or not there.
 */
export const isAmong = (share: number, release: ReleaseId): boolean =>
  Number.parseInt(traceIdOf(release).slice(-digits), 16) / 16 ** digits >= 1 - share;

const w3c = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}(?:-|$)/;

/** What a `traceparent` names; `undefined` for what is none. */
export function parseTraceparent(text: string | undefined): SpanPlace | undefined {
  const [, traceId, spanId] = w3c.exec(text ?? '') ?? [];
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
}

export const toTraceparent = ({ traceId, spanId }: SpanPlace): string =>
  `00-${traceId}-${spanId}-01`;
