import { describe, expect, it } from '@jest/globals';
import { readFlux } from './flux-answer.js';

const csv = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;

describe('the CSV of a Flux query', () => {
  it('gives its one value, whatever other columns it has', () => {
    const text = csv(
      ',result,table,_start,_stop,_value,service',
      ',_result,0,2023-11-14T22:14:00Z,2023-11-14T22:15:00Z,0.25,"cata,log"',
      '',
    );
    expect(readFlux(text)).toEqual({ kind: 'value', value: 0.25 });
  });

  it('may be annotated', () => {
    const text = csv(
      '#datatype,string,long,double',
      '#group,false,false,false',
      '#default,_result,,',
      ',result,table,_value',
      ',,0,7',
      '',
    );
    expect(readFlux(text)).toEqual({ kind: 'value', value: 7 });
  });

  it.each([
    ['nothing', ''],
    ['an empty line', '\r\n'],
    ['a header without rows', csv(',result,table,_value', '')],
    ['a null', csv(',result,table,_value', ',_result,0,', '')],
  ])('is empty when it holds %s', (_, text) => {
    expect(readFlux(text)).toEqual({ kind: 'empty' });
  });

  it.each(['NaN', '+Inf', '-Inf'])('is no number when it holds %s', (text) => {
    expect(readFlux(csv(',result,table,_value', `,_result,0,${text}`))).toEqual({
      kind: 'notANumber',
    });
  });

  it.each([
    [
      'a row of another table',
      csv(',result,table,_value', ',_result,0,1', ',_result,1,2'),
      '2 rows',
    ],
    [
      'a second result of another shape',
      csv(',result,table,_value', ',a,0,1', '', ',result,table,_value,host', ',b,0,2,h'),
      '2 rows',
    ],
    ['text', csv(',result,table,_value', ',_result,0,ok'), '"ok", which is no number'],
    ['a moment', csv(',result,table,_value', ',_result,0,2023-11-14T22:14:00Z'), 'no number'],
    [
      'another column',
      csv(',result,table,_time,mean', ',_result,0,x,1'),
      'only result, table, _time, mean',
    ],
    ['half a line', ',result,table,_value\r\n,_result,0,12', 'breaks off after 35 characters'],
  ])('is an error when it holds %s', (_, text, message) => {
    expect(readFlux(text)).toEqual({ kind: 'error', message: expect.stringContaining(message) });
  });

  it('is an error when one comes behind the rows', () => {
    const text = csv(
      ',result,table,_value',
      ',_result,0,1',
      '',
      'error,reference',
      '"runtime error: shard 3, gone",897',
    );
    expect(readFlux(text)).toEqual({
      kind: 'error',
      message: expect.stringContaining('the query failed: runtime error: shard 3, gone'),
    });
  });
});
