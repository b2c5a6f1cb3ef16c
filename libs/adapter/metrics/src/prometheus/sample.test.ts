import { describe, expect, it } from '@jest/globals';
import type { Series } from './answer.js';
import { latency, successRate } from './sample.js';

const series = (labels: Series['labels'], value: number): Series => ({ labels, value });
const code = (response_code: string, value: number): Series => series({ response_code }, value);
const grpc = (grpc_response_status: string, value: number): Series =>
  series({ response_code: '200', grpc_response_status }, value);

describe('a success rate', () => {
  it.each([
    ['500', 0],
    ['503', 0],
    ['0', 0],
    ['200', 100],
    ['302', 100],
    ['404', 100],
    ['429', 100],
  ])('takes requests that end with %s for %p %% success', (ending, value) => {
    const errors = 10 - value / 10;
    expect(successRate([code(ending, 10)])).toEqual({ value, requests: 10, errors });
  });

  it.each([
    ['0', 100],
    ['5', 100],
    ['16', 100],
    ['2', 0],
    ['4', 0],
    ['13', 0],
    ['14', 0],
  ])('takes gRPC requests that end with status %s for %p %% success', (ending, value) => {
    const errors = 10 - value / 10;
    expect(successRate([grpc(ending, 10)])).toEqual({ value, requests: 10, errors });
  });

  it('is of whole requests, however floats were rounded on the way', () => {
    const series = [code('200', 92.999_999_999_999_99), code('503', 7.000_000_000_000_001)];
    expect(successRate(series)).toEqual({ value: 93, requests: 100, errors: 7 });
  });

  it('tells counters that stood still from numbers that are none', () => {
    expect(successRate([])).toBe('empty');
    expect(successRate([code('200', 0)])).toBe('empty');
    expect(successRate([code('200', Number.NaN)])).toBe('notANumber');
    expect(successRate([code('200', Infinity)])).toBe('notANumber');
  });
});

describe('a latency', () => {
  const le = (bound: string, value: number): Series => series({ le: bound }, value);

  it('adds up what one version counted under several revisions', () => {
    expect(latency([le('10', 5), le('10', 5), le('+Inf', 5), le('+Inf', 5)], 0.5)).toEqual({
      value: 5,
      requests: 10,
      histogram: { upperBounds: [10], counts: [10, 0] },
    });
  });

  it('has a histogram of whole counts, bucket by bucket, however they came', () => {
    const series = [le('+Inf', 10), le('1.0', 2.000_000_01), le('5', 2), le('2.5e+01', 8.999_999)];
    expect(latency(series, 0.5)).toMatchObject({
      requests: 10,
      histogram: { upperBounds: [1, 5, 25], counts: [2, 0, 7, 1] },
    });
  });

  it('has no negative counts where two replicas were scraped one after the other', () => {
    expect(latency([le('10', 7), le('20', 6), le('+Inf', 9)], 0.5)).toMatchObject({
      histogram: { upperBounds: [10, 20], counts: [7, 0, 2] },
    });
  });

  it('tells counters that stood still from numbers that are none', () => {
    expect(latency([], 0.5)).toBe('empty');
    expect(latency([le('10', 0), le('+Inf', 0)], 0.5)).toBe('empty');
    expect(latency([le('10', Number.NaN), le('+Inf', Number.NaN)], 0.5)).toBe('notANumber');
    expect(latency([le('10', 5), le('ten', 6), le('+Inf', 9)], 0.5)).toBe('notANumber');
  });
});
