import { defaultSplitSettings, judgeSplit, type SplitEvidence } from '@spillway/domain-analysis';
import { frame, minutes, power, ticks, type Frame } from './frame.js';
import { area, dot, draw, line, text, type Point } from './svg.js';
import { Chance } from './traffic.js';

const programmed = 0.1;
/** A fifth of the proxies did not get the new weights. */
const obeyed = 0.08;
const looksPerMinute = 6;
const looks = 10 * looksPerMinute;
const requestsPerLook = 200;
const threshold = 1 / defaultSplitSettings.alpha;

/** The split as it is known after every look. */
function known(seed: number, share: number): readonly SplitEvidence[] {
  const chance = new Chance(seed);
  const all = Array.from({ length: looks }, () => {
    const candidate = chance.binomial(requestsPerLook, share);
    return { counts: [candidate, requestsPerLook - candidate] };
  });
  const settings = { ...defaultSplitSettings, shares: [programmed, 1 - programmed] };
  return all.map(
    (_, i) =>
      judgeSplit({ looks: all.slice(0, i + 1), arms: ['candidate', 'stable'] }, settings).evidence,
  );
}

const minuteOf = (look: number): number => (look + 1) / looksPerMinute;

const evidencePath = ({ at }: Frame, all: readonly SplitEvidence[]): readonly Point[] =>
  all.map(({ logE }, look) => at(minuteOf(look), Math.exp(logE)));

function shares({ at }: Frame, all: readonly SplitEvidence[], of: string): readonly string[] {
  const arms = all.map(({ arms: [candidate] }) => candidate);
  const path = (value: (arm: (typeof arms)[number]) => number): readonly Point[] =>
    arms.map((arm, look) => at(minuteOf(look), 100 * value(arm)));
  const lower = path((arm) => arm?.lower ?? 0);
  const upper = path((arm) => arm?.upper ?? 1);
  return [
    area([...lower, ...upper.toReversed()], `band ${of}-fill`),
    line(
      path((arm) => arm?.observedShare ?? 0),
      `line ${of}`,
    ),
  ];
}

export function splitCheck(): string {
  const [inForce, not] = [known(3, programmed), known(21, obeyed)];
  const crossed = not.findIndex(({ logE }) => logE >= Math.log(threshold));
  const left = frame({ left: 70, top: 92, width: 270, height: 225 }, minutes(10, 2), {
    label: 'e-value of “split otherwise than programmed”',
    from: 0.001,
    to: 1e6,
    isLog: true,
    ticks: ticks([0.001, 1, 1_000, 1_000_000], power),
  });
  const right = frame({ left: 420, top: 92, width: 270, height: 225 }, minutes(10, 2), {
    label: 'candidate’s share of the requests',
    from: 0,
    to: 20,
    ticks: ticks([0, 5, 10, 15, 20], (value) => `${value} %`),
  });
  return draw({
    width: 720,
    height: 385,
    title: 'Is the split in force? Programmed are 10 %',
    description:
      `Where proxies obey, evidence against the split stays small. Where a fifth of them do not, ` +
      `it passes the stop line after ${minuteOf(crossed).toFixed(1)} minutes.`,
    body: [
      ...left.body,
      left.level(threshold, 'line stop dashed'),
      text([left.left + 6, left.y(threshold) - 7], 'hold at 1,000', { of: 'small stop-fill' }),
      line(evidencePath(left, inForce), 'line stable'),
      line(evidencePath(left, not), 'line candidate'),
      dot(evidencePath(left, not)[crossed] ?? [0, 0], 'stop-fill'),
      text([left.left + 6, left.y(60_000)], 'a fifth of the proxies', {
        of: 'small candidate-fill',
      }),
      text([left.left + 6, left.y(60_000) + 16], 'have the old weights', {
        of: 'small candidate-fill',
      }),
      text([left.left + 264, left.y(0.13)], 'in force', { of: 'small stable-fill', anchor: 'end' }),
      ...right.body,
      right.level(100 * programmed, 'line idle dashed'),
      ...shares(right, inForce, 'stable'),
      ...shares(right, not, 'candidate'),
      text([right.left + 264, right.y(12.2)], 'in force', {
        of: 'small stable-fill',
        anchor: 'end',
      }),
      text([right.left + 264, right.y(5.6)], 'not in force', {
        of: 'small candidate-fill',
        anchor: 'end',
      }),
    ],
  });
}
