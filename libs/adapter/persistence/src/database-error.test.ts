import { describe, expect, it } from '@jest/globals';
import { InvariantBroken } from '@spillway/kernel';
import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { asCodedError, isLostConnection, isLostRace } from './database-error.js';

const withCode = (code: string): Error => Object.assign(new Error('as Postgres said'), { code });
const asDriverError = (code: string) => new QueryFailedError('select 1', [], withCode(code));

describe('an error of the database', () => {
  it.each(
    'ECONNREFUSED ECONNRESET 57P01 57P03 53300 08006 57014 55P03 25006 40001 40P01'.split(' '),
  )('says that it is not available: %s', (code) => {
    const error = asDriverError(code);
    expect(asCodedError(error)).toMatchObject({ code: 'DATABASE_UNAVAILABLE', cause: error });
  });

  it.each([
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new Error('Query read timeout'),
    new QueryRunnerAlreadyReleasedError(),
    new QueryRunnerProviderAlreadyReleasedError(),
  ])('says so where the driver has no code: $message', (error) => {
    expect(asCodedError(error)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it.each([
    ['28P01', 'INVALID_CONFIGURATION'],
    ['3D000', 'INVALID_CONFIGURATION'],
    ['22P05', 'INVALID_INPUT'],
  ])('names whose fault %s is', (code, meaning) => {
    expect(asCodedError(asDriverError(code))).toMatchObject({ code: meaning });
  });

  it('is left alone when it has a meaning already, or none', () => {
    for (const error of [new InvariantBroken('x'), asDriverError('42601'), 'text', undefined]) {
      expect(asCodedError(error)).toBe(error);
    }
  });

  it('tells lost races, which may end otherwise, from everything else', () => {
    expect(
      ['40001', '40P01', '23505', '23503'].map((code) => isLostRace(asDriverError(code))),
    ).toEqual([true, true, true, true]);
    expect(isLostRace(asDriverError('57014'))).toBe(false);
    expect(isLostRace(undefined)).toBe(false);
  });

  it('tells connections that are of no use any more from servers that are not there', () => {
    const lost =
      '25006 57P01 57P02 57P05 08006 ECONNRESET ECONNABORTED EPIPE ERR_STREAM_DESTROYED'.split(' ');
    expect(lost.filter((code) => !isLostConnection(asDriverError(code)))).toEqual([]);
    expect(isLostConnection(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isLostConnection(new QueryRunnerAlreadyReleasedError())).toBe(true);
    expect(isLostConnection(new QueryRunnerProviderAlreadyReleasedError())).toBe(true);
    const others = ['ECONNREFUSED', '57P03', '53300', '57014', '40001'];
    expect(others.filter((code) => isLostConnection(asDriverError(code)))).toEqual([]);
    expect(isLostConnection(undefined)).toBe(false);
  });
});
