import { defaultErrorCountSettings, judgeErrorCounts } from '@spillway/domain-analysis';
import { frame, minutes, ticks, type Frame } from './frame.js';
import { dot, draw, line, text, type Point } from './svg.js';
import { Chance, usual } from './traffic.js';

const looksPerMinute = 6;
const looks = 60 * looksPerMinute;
const threshold = 1 / defaultErrorCountSettings.alpha;
const runs = 12;

/** ln E after every look. */
function evidenceOf(seed: number, ratio: number): readonly number[] {
  const traffic = { ...usual, ratio };
  const { evidence } = judgeErrorCounts(
    { looks: new Chance(seed).looks(looks, traffic) },
    defaultErrorCountSettings,
  );
  return evidence.looks.map(({ logE }) => logE);
}

/** Up to where it stops. */
function path({ at }: Frame, logEs: readonly number[]): readonly Point[] {
  const end = logEs.findIndex((logE) => logE >= Math.log(threshold));
  const shown = end === -1 ? logEs : logEs.slice(0, end + 1);
  return [
    at(0, 1),
    ...shown.flatMap((logE, i): readonly Point[] =>
      i % 3 === 0 || i === shown.length - 1 ? [at((i + 1) / looksPerMinute, Math.exp(logE))] : [],
    ),
  ];
}

const lastLook = (logEs: readonly number[]): number => {
  const end = logEs.findIndex((logE) => logE >= Math.log(threshold));
  return end === -1 ? Infinity : end;
};

/** The one in the middle: neither the luckiest nor the unluckiest. */
const middle = (
  all: readonly (readonly number[])[],
  by: (logEs: readonly number[]) => number,
): readonly number[] => all.toSorted((a, b) => by(a) - by(b))[Math.floor(all.length / 2)] ?? [];

export function eValueOverTime(): string {
  const plot = frame({ left: 70, top: 80, width: 620, height: 255 }, minutes(60), {
    label: 'e-value: how much better “worse than stable” explains the errors than “no worse”',
    from: 0.001,
    to: 1_000,
    isLog: true,
    ticks: ticks([0.001, 0.01, 0.1, 1, 10, 100, 1_000]),
  });
  const seeds = Array.from({ length: runs }, (_, i) => 41 + i);
  const healthy = seeds.map((seed) => evidenceOf(seed, 1));
  const harmful = seeds.map((seed) => evidenceOf(seed, 2));
  const found = harmful.filter((logEs) => lastLook(logEs) < Infinity);
  const ends = found.map((logEs) => path(plot, logEs).at(-1) ?? plot.at(0, 1));
  return draw({
    width: 720,
    height: 395,
    title: 'Evidence grows only where the candidate is worse',
    description:
      `${runs} healthy candidates stay below the stop line for an hour; of ${runs} with twice the ` +
      `errors, ${found.length} reach it within the hour.`,
    body: [
      ...plot.body,
      plot.level(threshold, 'line stop dashed'),
      text([684, plot.y(threshold) - 7], 'stop at 1/α = 100', {
        of: 'small stop-fill',
        anchor: 'end',
      }),
      ...healthy.map((logEs) => line(path(plot, logEs), 'thin stable')),
      ...harmful.map((logEs) => line(path(plot, logEs), 'thin candidate')),
      line(
        path(
          plot,
          middle(healthy, (logEs) => logEs.at(-1) ?? 0),
        ),
        'line stable',
      ),
      line(path(plot, middle(harmful, lastLook)), 'line candidate'),
      ...ends.map((end) => dot(end, 'stop-fill', 3)),
      text([684, plot.y(12)], 'twice the errors: stopped', { of: 'candidate-fill', anchor: 'end' }),
      text([684, plot.y(1.9)], 'healthy: goes on', { of: 'stable-fill', anchor: 'end' }),
    ],
  });
}
