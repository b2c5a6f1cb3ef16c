import { expect, it } from '@jest/globals';
import { namesVersion, renderQuery, unknownVariable } from './query-template.js';

it('fills in every variable, with or without spaces, as often as it is there', () => {
  expect(
    renderQuery('{{service}}:{{ version }}:{{version}}', { service: 'catalog', version: 'v2' }),
  ).toEqual({ kind: 'query', text: 'catalog:v2:v2' });
});

it('puts values in as they are: neither their dollars nor their braces mean anything', () => {
  expect(renderQuery('{{version}} {{service}}', { version: '{{service}}', service: '$&' })).toEqual(
    { kind: 'query', text: '{{service}} $&' },
  );
});

it('names the first variable that it has no value for', () => {
  expect(renderQuery('{{version}} {{foo}} {{bar}}', { version: 'v2' })).toEqual({
    kind: 'unknownVariable',
    name: 'foo',
  });
  expect(renderQuery('{{toString}}', {})).toEqual({ kind: 'unknownVariable', name: 'toString' });
  expect(unknownVariable('{{ }}', ['version'])).toBe('');
  expect(unknownVariable('{ version } {{version}}', ['version'])).toBeUndefined();
});

it('knows whether a template asks for one version', () => {
  expect(namesVersion('{{ version }}')).toBe(true);
  expect(namesVersion('{{window}} version')).toBe(false);
});
