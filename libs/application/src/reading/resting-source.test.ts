import { beforeEach, expect, it } from '@jest/globals';
import { aMoment } from '@spillway/domain-release/testing';
import { after, duration } from '@spillway/kernel';
import type { NumberSource, SourceAnswer } from '../port/number-source.js';
import { VirtualClock } from '../testing/fake/virtual-clock.js';
import { restingSource } from './resting-source.js';

const question = { query: 'q', from: aMoment, to: after(aMoment, 1_000) };
const tooOften: SourceAnswer = { kind: 'error', message: '429', retryAfter: duration(30_000) };
const seven: SourceAnswer = { kind: 'value', value: 7 };

let clock: VirtualClock;
let answer: SourceAnswer;
let asked: number;
let isClosed: boolean;
let source: NumberSource;
beforeEach(() => {
  clock = new VirtualClock(aMoment);
  answer = seven;
  asked = 0;
  isClosed = false;
  const ask = () => {
    asked += 1;
    return Promise.resolve(answer);
  };
  const close = () => {
    isClosed = true;
    return Promise.resolve();
  };
  source = restingSource({ ask, close }, clock);
});

it('is left alone for as long as it asks for, and tells everybody why', async () => {
  answer = tooOften;
  expect(await source.ask(question)).toEqual(tooOften);
  answer = seven;
  await clock.advanceTo(after(aMoment, 29_999));
  expect(await source.ask(question)).toEqual(tooOften);
  expect(asked).toBe(1);
  await clock.advanceTo(after(aMoment, 30_000));
  expect(await source.ask(question)).toEqual(seven);
  expect(asked).toBe(2);
});

it('is left alone also when an answer comes that was under way before it asked for that', async () => {
  const first = source.ask(question);
  answer = tooOften;
  const second = source.ask(question);
  expect(await Promise.all([second, first])).toEqual([tooOften, seven]);
  answer = seven;
  expect(await source.ask(question)).toEqual(tooOften);
  await clock.advanceTo(after(aMoment, 30_000));
  expect(await source.ask(question)).toEqual(seven);
});

it('is asked again at once after an error that asks for no rest', async () => {
  answer = { kind: 'error', message: 'HTTP 500' };
  expect(await source.ask(question)).toEqual(answer);
  answer = seven;
  expect(await source.ask(question)).toEqual(seven);
});

it('is closed with what it stands for', async () => {
  await source.close();
  expect(isClosed).toBe(true);
});
