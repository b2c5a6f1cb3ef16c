import { line, text, type Point } from './svg.js';

export interface Axis {
  /** What is measured, and in what unit. */
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly isLog?: boolean;
  readonly ticks: readonly (readonly [value: number, name: string])[];
}

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where values lie in the drawing; what is beyond the frame lies on its edge. */
export interface Frame extends Place {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly at: (x: number, y: number) => Point;
  /** A level all across. */
  readonly level: (y: number, of: string) => string;
  readonly body: readonly string[];
}

function scale({ from, to, isLog = false }: Axis, begin: number, end: number) {
  const of = (value: number): number => (isLog ? Math.log(Math.max(value, 1e-300)) : value);
  const [low, high] = [of(from), of(to)];
  return (value: number): number => {
    const part = (of(value) - low) / (high - low);
    return begin + Math.min(1, Math.max(0, part)) * (end - begin);
  };
}

export function frame(place: Place, xAxis: Axis, yAxis: Axis): Frame {
  const { left, top, width, height } = place;
  const [right, bottom] = [left + width, top + height];
  const x = scale(xAxis, left, right);
  const y = scale(yAxis, bottom, top);
  const level = (value: number, of: string): string =>
    line(
      [
        [left, y(value)],
        [right, y(value)],
      ],
      of,
    );
  const body = [
    ...yAxis.ticks.flatMap(([value, name]) => [
      level(value, 'grid'),
      text([left - 8, y(value) + 4], name, { of: 'soft small', anchor: 'end' }),
    ]),
    ...xAxis.ticks.map(([value, name]) =>
      text([x(value), bottom + 18], name, { of: 'soft small', anchor: 'middle' }),
    ),
    line(
      [
        [left, bottom],
        [right, bottom],
      ],
      'axis',
    ),
    text([(left + right) / 2, bottom + 38], xAxis.label, { of: 'soft', anchor: 'middle' }),
    text([left, top - 10], yAxis.label, { of: 'soft' }),
  ];
  return { ...place, x, y, level, body, at: (a, b) => [x(a), y(b)] };
}

const grouped = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

export const ticks = (
  values: readonly number[],
  name: (value: number) => string = (value) => grouped.format(value),
): Axis['ticks'] => values.map((value) => [value, name(value)]);

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `0.01`, `100`, `10⁶`. */
export const power = (value: number): string => {
  const exponent = Math.round(Math.log10(value));
  if (Math.abs(exponent) < 4) return grouped.format(value);
  const digits = Array.from(
    String(Math.abs(exponent)),
    (digit) => superscripts[Number(digit)] ?? '',
  );
  return `10${exponent < 0 ? '⁻' : ''}${digits.join('')}`;
};

export const minutes = (to: number, every = 10): Axis => ({
  label: 'minutes since the weight is live',
  from: 0,
  to,
  ticks: ticks(Array.from({ length: Math.floor(to / every) + 1 }, (_, i) => i * every)),
});
