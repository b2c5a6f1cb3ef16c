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
    expect(successRate([code(ending, 10)])).toEqual({ value, requests: 10 });
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
    expect(successRate([grpc(ending, 10)])).toEqual({ value, requests: 10 });
  });

  it('weighs by requests, which are whole although increases are not', () => {
    expect(successRate([code('200', 90.3), code('503', 9.9)])).toEqual({
      value: expect.closeTo(90.12, 2),
      requests: 100,
    });
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
    });
  });

  it('tells counters that stood still from numbers that are none', () => {
    expect(latency([], 0.5)).toBe('empty');
    expect(latency([le('10', 0), le('+Inf', 0)], 0.5)).toBe('empty');
    expect(latency([le('10', Number.NaN), le('+Inf', Number.NaN)], 0.5)).toBe('notANumber');
  });
});
