import { version } from '@spillway/kernel';
import { describe, expect, it } from '@jest/globals';
import { aQuestion } from '../testing/index.js';
import { namesVersion, renderTemplate } from './promql-template.js';

describe('a template', () => {
  it('cannot be left by a value with quotes', () => {
    const evil = version('v2"} or vector(1) #\\\n');
    expect(renderTemplate('q{v="{{version}}"}', aQuestion(), evil)).toEqual({
      kind: 'query',
      promql: String.raw`q{v="v2\"} or vector(1) #\\\n"}`,
    });
  });

  it('puts a value in as it is, whatever dollars it has', () => {
    expect(renderTemplate('q{v="{{version}}"}', aQuestion(), version('$&'))).toEqual({
      kind: 'query',
      promql: 'q{v="$&"}',
    });
  });

  it('leaves single braces to PromQL', () => {
    const promql = 'sum(rate(x{a="b"}[1m]))';
    expect(renderTemplate(promql, aQuestion(), version('v2'))).toEqual({ kind: 'query', promql });
  });

  it('names the version, with or without spaces', () => {
    expect(namesVersion('{{ version }}')).toBe(true);
    expect(namesVersion('{{window}} version')).toBe(false);
  });
});
