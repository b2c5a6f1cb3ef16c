import { clusterName, version } from '@spillway/kernel';
import { describe, expect, it } from '@jest/globals';
import { aQuestion } from '../testing/index.js';
import { renderTemplate } from './promql-template.js';

const rendered = (template: string, candidate = 'v2', cluster = 'eu') =>
  renderTemplate(template, aQuestion(), {
    version: version(candidate),
    cluster: clusterName(cluster),
  });

describe('a template', () => {
  it('takes every variable that a query of a source takes', () => {
    expect(
      rendered(
        'q{a="{{namespace}}",b="{{service}}",c="{{version}}",d="{{cluster}}"}[{{window}}] / {{windowSeconds}}',
      ),
    ).toEqual({
      kind: 'query',
      text: 'q{a="shop",b="catalog",c="v2",d="eu"}[1m] / 60',
    });
  });

  it('cannot be left by a value with quotes', () => {
    expect(rendered('q{v="{{version}}"}', 'v2"} or vector(1) #\\\n')).toEqual({
      kind: 'query',
      text: String.raw`q{v="v2\"} or vector(1) #\\\n"}`,
    });
  });

  it('puts a value in as it is, whatever dollars it has', () => {
    expect(rendered('q{v="{{version}}"}', '$&')).toEqual({ kind: 'query', text: 'q{v="$&"}' });
  });

  it('leaves single braces to PromQL', () => {
    const promql = 'sum(rate(x{a="b"}[1m]))';
    expect(rendered(promql)).toEqual({ kind: 'query', text: promql });
  });
});
