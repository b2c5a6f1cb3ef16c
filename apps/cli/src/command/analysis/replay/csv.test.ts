import { describe, expect, it } from '@jest/globals';
import { readCsv } from './csv.js';

const cells = (text: string) => readCsv(text, 'a.csv').rows.map((row) => row.cells);

describe('a CSV file', () => {
  it('is read by its heading', () => {
    expect(cells('a,b\n1,2\n3,\n')).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '' },
    ]);
  });

  it('may end its lines as Windows does, begin with a mark and end without a line feed', () => {
    expect(cells('\uFEFFa,b\r\n1,2\r\n3,4')).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
  });

  it('has commas, quotes and line feeds within quotes', () => {
    expect(cells('a,b\n"x, ""y""\nz",2\n')).toEqual([{ a: 'x, "y"\nz', b: '2' }]);
  });

  it('keeps a last field that is empty', () => {
    expect(cells('a,b\n1,')).toEqual([{ a: '1', b: '' }]);
  });

  it('passes over empty lines and knows the line of each row', () => {
    const { rows } = readCsv('a\n\n1\n"2\n2"\n\n3\n', 'a.csv');
    expect(rows.map(({ line }) => line)).toEqual([3, 4, 7]);
  });

  it.each([
    ['nothing', '', 'a.csv is empty.'],
    ['two columns of one name', 'a,b,a\n', 'a.csv:1: two columns are called "a".'],
    ['too few fields', 'a,b\n1,2\n3\n', 'a.csv:3 has 1 fields for 2 columns.'],
    ['a quote that is not closed', 'a\n"1\n', 'a.csv:2: a quote is not closed, or not doubled.'],
    ['a quote within a field', 'a\n1"2\n', 'a.csv:2: a quote is not closed, or not doubled.'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => readCsv(text, 'a.csv')).toThrow(message);
  });
});
