import {
  defaultErrorCountSettings,
  judgeErrorCounts,
  type RateRatio,
} from '@spillway/domain-analysis';
import { frame, minutes, ticks, type Frame, type Place } from './frame.js';
import { area, draw, line, text, type Point } from './svg.js';
import { Chance, usual } from './traffic.js';

const looksPerMinute = 6;
const lastMinute = 60;
const margin = 1.5;
const [smallest, largest] = [0.25, 8];

/** What is known of the ratio after every minute. */
function ratios(seed: number, ratio: number): readonly RateRatio[] {
  const looks = new Chance(seed).looks(lastMinute * looksPerMinute, { ...usual, ratio });
  return Array.from({ length: lastMinute }, (_, i) => {
    const seen = { looks: looks.slice(0, (i + 1) * looksPerMinute) };
    return judgeErrorCounts(seen, defaultErrorCountSettings).evidence.ratio;
  });
}

const place = (left: number): Place => ({ left, top: 92, width: 280, height: 225 });

const plot = (left: number, label: string): Frame =>
  frame(place(left), minutes(60), {
    label,
    from: smallest,
    to: largest,
    isLog: true,
    ticks: ticks([0.25, 0.5, 1, 2, 4, 8], (value) => `${value}×`),
  });

const path = ({ at }: Frame, values: readonly number[]): readonly Point[] =>
  values.map((value, i) => at(i + 1, value));

/** Without an end there is no limit. */
function interval(on: Frame, known: readonly RateRatio[]): string {
  const lower = path(
    on,
    known.map((ratio) => ratio.lower ?? smallest),
  );
  const upper = path(
    on,
    known.map((ratio) => ratio.upper ?? largest),
  );
  return area([...lower, ...upper.toReversed()], 'band candidate-fill');
}

function estimate(on: Frame, known: readonly RateRatio[]): string {
  return line(
    path(
      on,
      known.map((ratio) => ratio.estimate ?? largest),
    ),
    'line candidate',
  );
}

const firstMinute = (known: readonly RateRatio[], holds: (ratio: RateRatio) => boolean): number =>
  known.findIndex(holds) + 1;

export function ratioNarrows(): string {
  const [worse, same] = [ratios(11, 2), ratios(10, 1)];
  const found = firstMinute(worse, ({ lower = 0 }) => lower > 1);
  const shown = firstMinute(same, ({ upperOneSided = Infinity }) => upperOneSided < margin);
  const left = plot(60, 'candidate’s error rate by stable’s: truly 2×');
  const right = plot(415, 'the same of a healthy candidate: truly 1×');
  const mark = (on: Frame, minute: number, words: string): readonly string[] => [
    line([on.at(minute, smallest), on.at(minute, largest)], 'thin idle'),
    text([on.x(minute) + (minute > 20 ? -6 : 6), on.y(0.3)], words, {
      of: 'small soft',
      anchor: minute > 20 ? 'end' : 'start',
    }),
  ];
  return draw({
    width: 720,
    height: 385,
    title: 'What is known of the ratio narrows with every look, and holds at all of them',
    description:
      `The interval of a candidate with twice the errors leaves 1 after ${found} minutes; that of ` +
      `a healthy one is below 1.5 after ${shown} minutes.`,
    body: [
      ...left.body,
      left.level(1, 'line stable'),
      left.level(2, 'line idle dashed'),
      interval(left, worse),
      estimate(left, worse),
      ...mark(left, found, `above 1 since minute ${found}`),
      ...right.body,
      right.level(1, 'line stable'),
      right.level(margin, 'line good dashed'),
      interval(right, same),
      estimate(right, same),
      line(
        path(
          right,
          same.map(({ upperOneSided = largest }) => upperOneSided),
        ),
        'line good',
      ),
      ...mark(right, shown, `below ${margin} since minute ${shown}`),
      text([right.left + 274, right.y(margin) - 42], `upper limit, margin ${margin}`, {
        of: 'small good-fill',
        anchor: 'end',
      }),
    ],
  });
}
