import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ruleCatalogue } from './catalogue.js';

const here = import.meta.dirname;
const codes = ruleCatalogue.map(({ code }) => code);

const sources = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
);

/** A rule is defined by its code and one of the four kinds of meaning. */
const definition = /^ {2}([A-Z][A-Z0-9_]+): (?:refused|refusedByServer|warned|silent)\(/gm;

describe('the catalogue of rules', () => {
  it('has every code of the sources, once', () => {
    const defined = sources.flatMap((file) =>
      [...readFileSync(join(here, file), 'utf8').matchAll(definition)].map(([, code]) => code),
    );
    expect(codes.toSorted()).toEqual(defined.toSorted());
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each(ruleCatalogue)(
    'says of $code in sentences what it is, what happens and what to do',
    (entry) => {
      for (const text of [entry.means, entry.consequence, entry.next]) {
        expect(text).toMatch(/^[^\n]+\.$/);
      }
    },
  );

  it("names istioctl's code where istiod itself refuses or warns", () => {
    const nameless = ruleCatalogue.filter(({ severity, istio }) => severity === 'error' && !istio);
    expect(nameless).toEqual([]);
  });
});
