import {
  defaultErrorCountSettings,
  defaultMannWhitneySettings,
  judgeErrorCounts,
  judgeMannWhitney,
  type CountLook,
} from '@spillway/domain-analysis';
import { frame, minutes, ticks, type Frame } from './frame.js';
import { draw, line, text, type Point } from './svg.js';
import { Chance, usual } from './traffic.js';

const releases = 200;
const lastMinute = 60;
/** All rules look this often, in minutes. */
const every = 3;
const windowsPerMinute = 6;
const windows = lastMinute * windowsPerMinute;
/** Minutes before the first look of the rank test: a handful of points can say nothing. */
const fewest = 9;
const alpha = 0.01;

/** Percent of failed requests in one window above which the threshold stops. */
const bound = 2;

/** Both versions are the same and get as many requests, so that nothing but looking can go wrong. */
const healthy = { ...usual, requests: 1_000, weight: 0.5 };

/** Now and then something that both versions need fails for a while. */
const incident = { perWindow: 1 / 1_800, length: 2 * windowsPerMinute, errorRate: 0.04 };

function windowsOf(chance: Chance): readonly CountLook[] {
  let until = 0;
  return Array.from({ length: windows }, (_, i) => {
    if (chance.uniform() < incident.perWindow) until = i + incident.length;
    return chance.look(i < until ? { ...healthy, errorRate: incident.errorRate } : healthy);
  });
}

/** What each rule says at each look; it stops at `alpha` or below. */
interface Judged {
  readonly ranks: readonly number[];
  /** Always valid: 1/E. */
  readonly counts: readonly number[];
  /** 0 where a window since the last look was above the bound, else 1. */
  readonly threshold: readonly number[];
}

const percent = ({ requests, errors }: CountLook['candidate']): number => (100 * errors) / requests;

function together(all: readonly CountLook[]): CountLook {
  const sum = (arm: 'candidate' | 'stable', field: 'requests' | 'errors'): number =>
    all.reduce((total, look) => total + look[arm][field], 0);
  const of = (arm: 'candidate' | 'stable') => ({
    requests: sum(arm, 'requests'),
    errors: sum(arm, 'errors'),
  });
  return { candidate: of('candidate'), stable: of('stable') };
}

function judged(all: readonly CountLook[]): Judged {
  const settings = { ...defaultMannWhitneySettings, direction: 'increase', minCles: 0.5 } as const;
  const candidate = all.map((look) => percent(look.candidate));
  const stable = all.map((look) => percent(look.stable));
  const ends = Array.from({ length: lastMinute / every }, (_, i) => (i + 1) * every);
  const looks = ends.map((minute) =>
    together(all.slice((minute - every) * windowsPerMinute, minute * windowsPerMinute)),
  );
  const { evidence } = judgeErrorCounts({ looks }, { ...defaultErrorCountSettings, alpha });
  return {
    ranks: ends.map((minute) => {
      if (minute < fewest) return 1;
      const seen = minute * windowsPerMinute;
      const arms = { candidate: candidate.slice(0, seen), stable: stable.slice(0, seen) };
      return judgeMannWhitney(arms, settings).evidence.pGreater ?? 1;
    }),
    counts: evidence.looks.map(({ logE }) => Math.min(1, Math.exp(-logE))),
    threshold: ends.map((minute) => {
      const [from, to] = [(minute - every) * windowsPerMinute, minute * windowsPerMinute];
      return candidate.slice(from, to).some((value) => value > bound) ? 0 : 1;
    }),
  };
}

const isStopped = (values: readonly number[], looks = values.length): boolean =>
  values.slice(0, looks).some((value) => value <= alpha);

/** Percent of the releases that were stopped up to each look. */
const shareStopped = (all: readonly Judged[], rule: keyof Judged): readonly number[] =>
  Array.from(
    { length: lastMinute / every + 1 },
    (_, looks) => (100 * all.filter((one) => isStopped(one[rule], looks)).length) / all.length,
  );

const path = ({ at }: Frame, values: readonly number[]): readonly Point[] =>
  values.map((value, i) => at((i + 1) * every, value));

function steps({ at }: Frame, values: readonly number[]): readonly Point[] {
  return values.flatMap((value, i): readonly Point[] => {
    const before = values[i - 1] ?? value;
    const now = at(i * every, value);
    return before === value ? [now] : [at(i * every, before), now];
  });
}

const rounded = (share: number): string => `${Number(share.toFixed(1))} %`;

export function lookingOften(): string {
  const chance = new Chance(2_024);
  const all = Array.from({ length: releases }, () => judged(windowsOf(chance)));
  const shares = {
    ranks: shareStopped(all, 'ranks'),
    counts: shareStopped(all, 'counts'),
    threshold: shareStopped(all, 'threshold'),
  };
  const last = (rule: keyof Judged): number => shares[rule].at(-1) ?? 0;
  // One that a patient rule would have let go on: at the last look nothing is left of it.
  const one = all.find(({ ranks }) => isStopped(ranks) && (ranks.at(-1) ?? 0) > 0.05);
  const left = frame({ left: 60, top: 92, width: 270, height: 230 }, minutes(60), {
    label: 'one healthy release, look by look',
    from: 0.001,
    to: 1,
    isLog: true,
    ticks: ticks([0.001, 0.01, 0.1, 1]),
  });
  const right = frame({ left: 420, top: 92, width: 270, height: 230 }, minutes(60), {
    label: `${releases} healthy releases: stopped`,
    from: 0,
    to: 30,
    ticks: ticks([0, 10, 20, 30], (value) => `${value} %`),
  });
  const label = (row: number, rule: keyof Judged, words: string, of: string): string =>
    text([right.left + 8, right.top + 18 + 18 * row], `${words}: ${rounded(last(rule))}`, {
      of: `small ${of}`,
    });
  return draw({
    width: 720,
    height: 385,
    title: 'Looking often: the same healthy releases under three rules',
    description:
      `Within an hour a bound of ${bound} % failed requests stops ${rounded(last('threshold'))} of ` +
      `the healthy releases, because of incidents that both versions share; a rank test that is ` +
      `held against 0.01 at every look stops ${rounded(last('ranks'))}, the e-process ${rounded(last('counts'))}.`,
    body: [
      ...left.body,
      left.level(alpha, 'line stop dashed'),
      line(path(left, one?.ranks ?? []), 'line candidate'),
      line(path(left, one?.counts ?? []), 'line stable'),
      text([left.left + 6, left.y(alpha) + 16], 'stop at 0.01', { of: 'small stop-fill' }),
      text([left.left + 262, left.y(0.0021)], 'p of the rank test', {
        of: 'candidate-fill',
        anchor: 'end',
      }),
      text([left.left + 262, left.y(0.0013)], '1/e of the counts', {
        of: 'stable-fill',
        anchor: 'end',
      }),
      ...right.body,
      right.level(100 * alpha, 'line stop dashed'),
      line(steps(right, shares.threshold), 'line idle'),
      line(steps(right, shares.ranks), 'line candidate'),
      line(steps(right, shares.counts), 'line stable'),
      label(0, 'threshold', `bound of ${bound} %`, 'soft'),
      label(1, 'ranks', 'rank test, 0.01 at each look', 'candidate-fill'),
      label(2, 'counts', 'e-process, α = 1 %', 'stable-fill'),
    ],
  });
}
