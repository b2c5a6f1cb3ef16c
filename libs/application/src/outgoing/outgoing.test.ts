import { describe, expect, it } from '@jest/globals';
import { after, instant } from '@spillway/kernel';
import { afterFailure, closedCircuit, mayCall } from './circuit.js';
import { Circuits } from './circuits.js';
import { refuseUrl } from './refuse-url.js';
import { retryDelay } from './retry-delay.js';

const now = instant(1_000_000);
const limits = { failures: 3, firstPauseMs: 1_000, maxPauseMs: 3_000 };

describe('a circuit', () => {
  it('opens after so many failures in a row, each time for longer, up to a limit', () => {
    let circuit = closedCircuit;
    const pauses: number[] = [];
    for (let failure = 0; failure < 6; failure += 1) {
      circuit = afterFailure(circuit, now, limits);
      pauses.push((circuit.openUntil ?? now) - now);
    }
    expect(pauses).toEqual([0, 0, 1_000, 2_000, 3_000, 3_000]);
  });

  it('lets a call through when its pause is over', () => {
    const open = { failures: 3, openUntil: after(now, 1_000) };
    expect(mayCall(open, after(now, 999))).toBe(false);
    expect(mayCall(open, after(now, 1_000))).toBe(true);
    expect(mayCall(closedCircuit, now)).toBe(true);
  });

  it('never overflows, however often somebody fails', () => {
    const circuit = afterFailure({ failures: 1e9 }, now, limits);
    expect(circuit.openUntil).toBe(after(now, 3_000));
  });
});

describe('the circuits of a process', () => {
  it('are told apart by address, not by query, and closed by an answer', () => {
    const circuits = new Circuits();
    for (let failure = 0; failure < 5; failure += 1) circuits.failed('http://a.test/x?n=1', now);
    expect(circuits.openUntil('http://a.test/x?n=2', now)).toBe(after(now, 5_000));
    expect(circuits.openUntil('http://a.test/y', now)).toBeUndefined();
    circuits.answered('http://a.test/x');
    expect(circuits.openUntil('http://a.test/x', now)).toBeUndefined();
  });

  it('forget the oldest rather than grow for ever', () => {
    const circuits = new Circuits();
    for (let failure = 0; failure < 5; failure += 1) circuits.failed('http://first.test/', now);
    for (let n = 0; n < 1_000; n += 1) circuits.failed(`http://other-${n}.test/`, now);
    expect(circuits.openUntil('http://first.test/', now)).toBeUndefined();
  });
});

it('waits between half and all of a doubling time', () => {
  const backOff = { firstMs: 1_000, maxMs: 5_000 };
  const delays = (chance: number) => [1, 2, 3, 4, 90].map((n) => retryDelay(n, backOff, chance));
  expect(delays(0)).toEqual([500, 1_000, 2_000, 2_500, 2_500]);
  expect(delays(1)).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
});

describe('an address', () => {
  it.each(['http://a.test', 'https://a.test:8443/x?y=z', 'http://10.0.0.1:8080/'])(
    'may be %s',
    (url) => {
      expect(refuseUrl(url)).toBeUndefined();
    },
  );

  it.each([
    ['', 'no URL'],
    ['javascript:alert(1)', 'neither http nor https'],
    ['gopher://a.test/', 'neither http nor https'],
    ['http://a.test:25/', 'port 25'],
    ['https://u@a.test/', 'user name'],
    [`https://a.test/${'x'.repeat(2_048)}`, 'longer'],
  ])('may not be %j', (url, why) => {
    expect(refuseUrl(url)).toContain(why);
  });
});
