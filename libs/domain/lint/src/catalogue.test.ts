import { describe, expect, it } from '@jest/globals';
import { relationCatalogue, ruleCatalogue, schemaCatalogue } from './index.js';

const byCode = Object.entries({ ...schemaCatalogue, ...relationCatalogue });
const codes = [
  ...Object.keys(schemaCatalogue),
  ...Object.keys(relationCatalogue),
  ...ruleCatalogue.map(({ code }) => code),
];

describe('the catalogues of findings', () => {
  it('give every code once', () => {
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it.each(byCode)('say in sentences what %s means, does and asks for', (code, meaning) => {
    expect(code).toMatch(/^[A-Z][A-Z_]+[A-Z]$/);
    for (const text of [meaning.means, meaning.consequence, meaning.next]) {
      expect(text).toMatch(/^[A-Z][^\n]+\.$/);
    }
  });
});
