import { describe, expect, it } from '@jest/globals';
import { chooseRule } from './choose-rule.js';
import { fixedService, refuseRule } from './refuse-rule.js';
import { aRule, aTrigger } from './testing/index.js';
import type { RuleRelease } from './rule.js';

/** `service version`, or why not. */
function released(release: Partial<RuleRelease>, trigger = aTrigger()): string {
  const choice = chooseRule([aRule({ release })], trigger);
  if (choice.kind === 'none') throw new Error('the rule matches');
  if (choice.kind === 'unusable') return choice.because;
  return `${choice.release.service} ${choice.release.candidate}`;
}

describe('placeholders', () => {
  it.each([
    ['{{ image.tag }}', 'v2'],
    ['{{image.tag}}', 'v2'],
    ['{{ sha | short }}', 'f95f852'],
    ['main-{{ sha | short | lower }}', 'main-f95f852'],
    ['{{ repository.name }}-{{ image.tag }}', 'catalog-v2'],
    ['{{ image | label }}', 'ghcr-io-acme-catalog-v2'],
    ['v7', 'v7'],
  ])('makes a version of %s', (version, expected) => {
    expect(released({ version })).toBe(`shop/catalog ${expected}`);
  });

  it('makes a service of what was delivered', () => {
    expect(released({ service: 'shop/{{ repository.name }}' })).toBe('shop/catalog v2');
    expect(released({ service: '{{ service }}' }, aTrigger({ service: 'a/b' }))).toBe('a/b v2');
  });

  it('makes a label only where that is asked for', () => {
    const trigger = aTrigger({ image: 'acme/catalog:v1.2.3' });
    expect(released({}, trigger)).toBe(
      '"v1.2.3" cannot be a version: letters, digits and "-", at most 63; "{{ … | label }}" makes one of it',
    );
    expect(released({ version: '{{ image.tag | label }}' }, trigger)).toBe('shop/catalog v1-2-3');
  });

  it.each(['--', '...', '日本'])('refuses %j, of which no label is left', (tag) => {
    const version = released({ version: '{{ tag | label }}' }, aTrigger({ tag }));
    expect(version).toContain('"" cannot be a version');
  });

  it('puts what was delivered in as it is, and looks for no placeholder in it', () => {
    const trigger = aTrigger({ tag: '{{ sha }}', branch: '$&$1' });
    expect(released({ version: '{{ tag | label }}' }, trigger)).toBe('shop/catalog sha');
    expect(released({ version: 'x{{ branch }}' }, trigger)).toContain('"x$&$1" cannot be');
  });

  it('lets nobody out of the namespace that a rule fixes', () => {
    const trigger = aTrigger({ repository: 'acme/../kube-system/dns' });
    expect(released({ service: 'shop/{{ repository }}' }, trigger)).toContain('is no service');
  });
});

describe('refuseRule', () => {
  it('has nothing against a rule that can start a release', () => {
    expect(refuseRule(aRule())).toBeUndefined();
    expect(refuseRule(aRule({ release: { service: '{{ service }}' } }))).toBeUndefined();
  });

  it.each([
    ['service', 'catalog', 'must be namespace/name'],
    ['version', 'v1.2', 'must be letters, digits'],
    ['version', '{{ image.tagg }}', '"image.tagg" is no placeholder; known: event,'],
    ['version', '{{ image.tag | slug }}', '"slug" is no filter; known: label, lower, short'],
    ['version', '{{ constructor }}', '"constructor" is no placeholder'],
    ['version', '{{ tag', 'has a brace that belongs to no {{ placeholder }}'],
    ['version', '{{ {{ tag }} }}', 'has a brace'],
    ['version', '${tag}', 'has a brace'],
  ])('names the %s %j and what is wrong with it', (field, text, because) => {
    const refused = refuseRule(aRule({ release: { [field]: text } }));
    expect(refused).toMatchObject({ code: 'INVALID_RULE', field: `release.${field}` });
    expect(refused?.message).toContain(because);
  });

  it('knows the service of a rule that fixes it', () => {
    expect(fixedService(aRule())).toBe('shop/catalog');
    expect(fixedService(aRule({ release: { service: '{{ service }}' } }))).toBeUndefined();
  });
});
