import { describe, expect, it } from '@jest/globals';
import { parseCsv } from './csv.js';

describe('CSV', () => {
  it.each([
    ['', []],
    ['a', [['a']]],
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      ',result,table\n,,0\n',
      [
        ['', 'result', 'table'],
        ['', '', '0'],
      ],
    ],
    ['a\r\n\r\nb\r\n', [['a'], [''], ['b']]],
    ['"a,b","say ""hi""","two\r\nlines"\n', [['a,b', 'say "hi"', 'two\r\nlines']]],
    ['a,\n', [['a', '']]],
    ['"",x', [['', 'x']]],
  ])('%j has these rows', (text, rows) => {
    expect(parseCsv(text)).toEqual(rows);
  });

  it('takes a quote that nothing closes for itself', () => {
    expect(parseCsv('a,"b\n1')).toEqual([['a', '"b'], ['1']]);
  });
});
