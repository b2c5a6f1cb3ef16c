import { beforeEach, describe, expect, it } from '@jest/globals';
import { aMoment } from '@spillway/domain-release/testing';
import { after, duration, sourceName, version } from '@spillway/kernel';
import type { NumberSource, SourceAnswer, SourceQuestion } from '../port/number-source.js';
import { aService, eu } from '../testing/index.js';
import { readSource } from './read-source.js';

const source = sourceName('datadog');
const empty: SourceAnswer = { kind: 'empty' };
const value = (of: number): SourceAnswer => ({ kind: 'value', value: of });

let answers: Readonly<Record<string, SourceAnswer>>;
let asked: SourceQuestion[];
const backend: NumberSource = {
  ask(question) {
    asked.push(question);
    return Promise.resolve(answers[question.query] ?? empty);
  },
  close: () => Promise.resolve(),
};
beforeEach(() => {
  answers = {};
  asked = [];
});

const question = {
  service: aService(),
  stable: version('v1'),
  candidate: version('v2'),
  at: after(aMoment, 90_000),
  window: duration(90_000),
};
const readValue = (template: string) => {
  const query = { kind: 'source', source, value: template } as const;
  return readSource(query, { ...question, query }, eu, backend);
};
const readCounts = (requests = 'all {{version}}', errors = 'bad {{version}}') => {
  const query = { kind: 'sourceCounts', source, requests, errors } as const;
  return readSource(query, { ...question, query }, eu, backend);
};

describe('one number', () => {
  it('is asked for both versions over the window, with every variable filled in', async () => {
    const text = (of: string) => `shop catalog ${of} eu 1m30s 90`;
    answers = { [text('v2')]: value(7), [text('v1')]: value(3) };
    const variables = ['namespace', 'service', 'version', 'cluster', 'window', 'windowSeconds'];
    expect(await readValue(variables.map((name) => `{{${name}}}`).join(' '))).toEqual({
      kind: 'value',
      candidate: { value: 7 },
      stable: { value: 3 },
    });
    const window = { from: aMoment, to: question.at };
    expect(asked).toEqual(['v2', 'v1'].map((of) => ({ query: text(of), ...window })));
  });

  it('is that of the candidate alone where the query names no version', async () => {
    answers = { q: value(7) };
    expect(await readValue('q')).toEqual({ kind: 'value', candidate: { value: 7 } });
    expect(asked).toHaveLength(1);
  });

  it.each<[SourceAnswer, string]>([
    [empty, 'empty'],
    [{ kind: 'notANumber' }, 'notANumber'],
    [{ kind: 'error', message: 'HTTP 500' }, 'error'],
  ])('of a candidate that has %j is that', async (answer, kind) => {
    answers = { 'q v2': answer, 'q v1': value(3) };
    expect(await readValue('q {{version}}')).toMatchObject({ kind });
  });

  it('goes without stable where that has no data, and is an error where it cannot be asked', async () => {
    answers = { 'q v2': value(7) };
    expect(await readValue('q {{version}}')).toEqual({ kind: 'value', candidate: { value: 7 } });
    answers = { 'q v2': value(7), 'q v1': { kind: 'error', message: 'HTTP 500' } };
    expect(await readValue('q {{version}}')).toEqual({ kind: 'error', message: 'HTTP 500' });
    answers = { 'q v1': { kind: 'error', message: 'HTTP 500' } };
    expect(await readValue('q {{version}}')).toEqual({ kind: 'error', message: 'HTTP 500' });
  });

  it('of a variable that is not known is an error, and nobody is asked', async () => {
    expect(await readValue('q {{foo}}')).toEqual({
      kind: 'error',
      message: 'the query has {{foo}}, which is not known',
    });
    expect(asked).toEqual([]);
  });
});

describe('requests and errors', () => {
  it('are a success rate in percent with what it was made of', async () => {
    answers = { 'all v2': value(200), 'bad v2': value(5), 'all v1': value(1_800) };
    expect(await readCounts()).toEqual({
      kind: 'value',
      candidate: { value: 97.5, requests: 200, errors: 5 },
      stable: { value: 100, requests: 1_800, errors: 0 },
    });
  });

  it('are of the candidate alone where one of the queries names no version', async () => {
    answers = { all: value(200), 'bad v2': value(0) };
    expect(await readCounts('all')).toEqual({
      kind: 'value',
      candidate: { value: 100, requests: 200, errors: 0 },
    });
  });

  it.each([
    ['requests are missing', { 'bad v2': value(5) }],
    ['there were none', { 'all v2': value(0), 'bad v2': value(0) }],
  ])('are no data where %s', async (_, given) => {
    answers = given;
    expect(await readCounts()).toEqual({ kind: 'empty' });
  });

  it.each([
    ['more errors than requests', value(201), /201 errors of 200 requests/],
    ['fewer than none', value(-1), /-1 errors/],
    [
      'errors that cannot be asked for',
      { kind: 'error', message: 'HTTP 500' } as const,
      /HTTP 500/,
    ],
  ])('are an error with %s', async (_, errors, message) => {
    answers = { 'all v2': value(200), 'bad v2': errors };
    expect(await readCounts()).toEqual({
      kind: 'error',
      message: expect.stringMatching(message),
    });
  });

  it('are no number where the errors are none', async () => {
    answers = { 'all v2': value(200), 'bad v2': { kind: 'notANumber' } };
    expect(await readCounts()).toEqual({ kind: 'notANumber' });
  });
});
