import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { document, oneOf } from './document.js';
import { nearest } from './did-you-mean.js';
import { parse } from './parse.js';

const step = oneOf(
  ['setWeight', 'pause'],
  [
    document({ setWeight: z.number() }),
    document({ pause: document({ for: z.string().optional() }) }),
  ],
);
const schema = document({ name: z.string(), steps: z.array(step).default([]) });

const refusalOf = (input: unknown): { message: string; field?: string } => {
  const parsed = parse(schema, input);
  if (parsed.ok) throw new Error('expected a refusal');
  return parsed.error;
};

describe('parse', () => {
  it('gives the value with its defaults', () => {
    expect(parse(schema, { name: 'a' })).toEqual({ ok: true, value: { name: 'a', steps: [] } });
  });

  it('names the field that is wrong as a path', () => {
    expect(refusalOf({ name: 'a', steps: [{ pause: {} }, { setWeight: 'x' }] })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'steps[1].setWeight',
      message: 'steps[1].setWeight: expected number, received string.',
    });
  });

  it('names as many wrong fields as it is asked for', () => {
    const wrong = { name: 1, steps: [{ setWeight: 'x' }, { setWeight: 'y' }] };
    const parsed = parse(schema, wrong, 2);
    expect(parsed).toMatchObject({
      error: {
        field: 'name',
        message:
          'name: expected string, received number; ' +
          'steps[0].setWeight: expected number, received string (and 1 more).',
        errors: [
          { field: 'name', message: 'expected string, received number' },
          { field: 'steps[0].setWeight', message: 'expected number, received string' },
          { field: 'steps[1].setWeight', message: 'expected number, received string' },
        ],
      },
    });
  });

  it('says which field is missing', () => {
    expect(refusalOf({})).toMatchObject({ field: 'name' });
    expect(refusalOf({}).message).toBe('name: expected string, but it is missing.');
  });

  it('refuses a field that it does not know and says which one was meant', () => {
    expect(refusalOf({ nmae: 'a' }).message).toBe(
      'The document: "nmae" is not known here; did you mean "name"? (and 1 more).',
    );
  });

  it('lists the known fields when none is close', () => {
    expect(refusalOf({ name: 'a', owner: 'b' }).message).toBe(
      'The document: "owner" is not known here; known: name, steps.',
    );
  });

  it('looks into the alternative that was meant', () => {
    expect(refusalOf({ name: 'a', steps: [{ pause: { fro: '1m' } }] })).toMatchObject({
      field: 'steps[0].pause',
      message: 'steps[0].pause: "fro" is not known here; did you mean "for"?',
    });
  });

  it.each([
    [{ setWieght: 1 }, 'give exactly one of setWeight, pause; did you mean "setWeight"?'],
    [{ setWeight: 1, pause: {} }, 'give exactly one of setWeight, pause.'],
    [{}, 'give exactly one of setWeight, pause.'],
    ['pause', 'give exactly one of setWeight, pause.'],
  ])('asks for one alternative when it cannot tell which was meant: %j', (written, message) => {
    expect(refusalOf({ name: 'a', steps: [written] }).message).toBe(`steps[0]: ${message}`);
  });

  it.each(['a\0b', 'a\ud800b', '\udc00'])('refuses %j, which no database can hold', (text) => {
    const thing = z.record(z.string(), z.array(z.string()));
    expect(parse(thing, { a: ['fine', '😀'] }).ok).toBe(true);
    const inside = { error: { code: 'INVALID_INPUT', field: 'a[1]' } };
    expect(parse(thing, { a: ['fine', text] })).toMatchObject(inside);
    expect(parse(thing, { [text]: [] })).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });

  it('tells a missing body from a wrong one', () => {
    expect(refusalOf(undefined).message).toBe('The request has no JSON body.');
    expect(refusalOf([]).message).toBe('The document: expected object, received array.');
  });
});

describe('nearest', () => {
  it.each([
    ['failureLimt', 'failureLimit'],
    ['wiehgt', 'weight'],
    ['Steps', 'steps'],
    ['ms', undefined],
    ['owner', undefined],
  ])('takes %s for %s', (written, meant) => {
    expect(nearest(written, ['failureLimit', 'weight', 'steps'])).toBe(meant);
  });

  it('does not compare what is much too long, which would take minutes', () => {
    expect(nearest('x'.repeat(1_000_000), ['failureLimit'])).toBeUndefined();
  });
});
