import { expect, it } from '@jest/globals';
import {
  judgeMetric,
  type FollowedLatency,
  type Judge,
  type MetricCase,
} from '@spillway/domain-analysis';
import { aMetricCase } from '@spillway/domain-analysis/testing';
import { instant } from '@spillway/kernel';
import { rememberingJudge } from './remembering-judge.js';

const counting = () => {
  const asked: MetricCase[] = [];
  const judge: Judge = rememberingJudge((given, now) => {
    asked.push(given);
    return judgeMetric(given, now);
  });
  return { asked, judge };
};
const now = instant(0);
const noArm = { n: 0 };
const followed: FollowedLatency = {
  key: '',
  looks: 0,
  counts: { candidate: [], stable: [] },
  slower: { candidate: [], stable: [], logProducts: [], expected: [], logEs: [] },
  comparison: {
    judge: 'latency',
    candidate: noArm,
    stable: noArm,
    isEnough: false,
    because: '',
  },
};

it('judges the same look of the same release once', () => {
  const { asked, judge } = counting();
  const given = { ...aMetricCase(['passed', 'failed']), name: 'r1 0' };
  expect(judge(structuredClone(given), now)).toEqual(judge(structuredClone(given), now));
  expect(asked).toHaveLength(1);
});

it('judges anew with every measurement, and when time or α begin anew', () => {
  const { asked, judge } = counting();
  const given = { ...aMetricCase(['passed']), name: 'r1 0' };
  judge(given, now);
  judge({ ...aMetricCase(['passed', 'failed']), name: 'r1 0' }, now);
  judge({ ...aMetricCase(['passed', 'failed']), name: 'r1 0', since: instant(1) }, now);
  judge({ ...aMetricCase(['passed', 'failed']), name: 'r1 0', alpha: 0.5 }, now);
  const { since } = aMetricCase();
  judge({ ...aMetricCase(['passed', 'failed']), name: 'r1 0', comparedSince: since }, now);
  judge({ ...aMetricCase(['passed', 'failed']), name: 'r1 0', isAlone: true }, now);
  expect(asked).toHaveLength(6);
});

it('tells releases and steps apart, and never remembers a case without a name', () => {
  const { asked, judge } = counting();
  const given = aMetricCase(['passed']);
  for (const name of ['r1 0', 'r1 1', 'r2 0']) judge({ ...given, name }, now);
  judge(given, now);
  judge(given, now);
  expect(asked).toHaveLength(5);
});

it('remembers a look also after a later one, and after one at fewer measurements', () => {
  const { asked, judge } = counting();
  const [before, fresh] = [aMetricCase(['passed']), aMetricCase(['passed', 'failed'])];
  for (const given of [before, fresh, before, fresh]) judge({ ...given, name: 'r1 0' }, now);
  expect(asked).toHaveLength(2);
});

it('forgets the oldest cases, so that memory does not grow', () => {
  const given = aMetricCase(['passed']);
  const verdict = judgeMetric(given, now);
  let count = 0;
  const judge = rememberingJudge(() => {
    count += 1;
    return verdict;
  });
  for (let i = 0; i <= 20_000; i += 1) judge({ ...given, name: `r${i}` }, now);
  judge({ ...given, name: 'r20000' }, now);
  expect(count).toBe(20_001);
  judge({ ...given, name: 'r0' }, now);
  expect(count).toBe(20_002);
});

it('hands each look of a case what the one before came to', () => {
  const given = aMetricCase(['passed']);
  const verdict = judgeMetric(given, now);
  const asked: string[] = [];
  const judge = rememberingJudge(({ recall, name = '', measurements }) => {
    recall?.((before) => {
      asked.push(`${name} after ${before?.key ?? 'nothing'}`);
      return { ...followed, key: `${measurements.length} of ${name}` };
    });
    return verdict;
  });
  for (const looks of [['passed'], ['passed', 'failed']] as const) {
    for (const name of ['r1', 'r2']) judge({ ...aMetricCase(looks), name }, now);
  }
  const first = ['r1 after nothing', 'r2 after nothing'];
  expect(asked).toEqual([...first, 'r1 after 1 of r1', 'r2 after 1 of r2']);
});
