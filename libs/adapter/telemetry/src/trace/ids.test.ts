import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { releaseId } from '@spillway/kernel';
import { isAmong, parseTraceparent, spanIdOf, toTraceparent, traceIdOf } from './ids.js';

const release = releaseId('6F1C2C1E-4f0e-4c0c-9f5e-0d1f4a1c7d11');

describe('the ids of a trace', () => {
  it('are the digits of the release, and what follows from them', () => {
    expect(traceIdOf(release)).toBe('6f1c2c1e4f0e4c0c9f5e0d1f4a1c7d11');
    expect(spanIdOf(release, 'release')).toMatch(/^[\da-f]{16}$/);
    expect(spanIdOf(release, 'release')).toBe(spanIdOf(release, 'release'));
    expect(spanIdOf(release, 'release')).not.toBe(spanIdOf(release, 'prepare'));
  });
});

describe('a share of all traces', () => {
  const releases = Array.from({ length: 4_000 }, () => releaseId(randomUUID()));
  const among = (share: number) => releases.filter((one) => isAmong(share, one));

  it('has about so many, the same ones for everybody, and a larger share has them too', () => {
    const tenth = among(0.1);
    expect(tenth.length).toBeGreaterThan(300);
    expect(tenth.length).toBeLessThan(500);
    const half = new Set(among(0.5));
    expect(tenth.every((one) => half.has(one))).toBe(true);
  });

  it('of 1 has all and of 0 none', () => {
    expect(among(1)).toHaveLength(releases.length);
    expect(among(0)).toEqual([]);
  });
});

describe('a traceparent', () => {
  const place = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };

  it('is read as it is written', () => {
    expect(parseTraceparent(toTraceparent(place))).toEqual(place);
    expect(parseTraceparent(`cc-${place.traceId}-${place.spanId}-00-more`)).toEqual(place);
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `ff-${place.traceId}-${place.spanId}-01`,
    `00-${'0'.repeat(32)}-${place.spanId}-01`,
    `00-${place.traceId}-${'0'.repeat(16)}-01`,
    `00-${place.traceId.toUpperCase()}-${place.spanId}-01`,
  ])('that is none is left out: %s', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });
});
