import type { HookCall } from '@spillway/sdk';
import { stamp } from './moment.js';
import type { Paint, Tone } from './paint.js';
import { table } from './table.js';

const tones: Readonly<Record<HookCall['state'], Tone>> = {
  open: 'good',
  closed: 'waiting',
  unanswered: 'bad',
  underWay: 'busy',
};

/** A line for each: when it answered last, what, and how often. */
export const hookCallTable = (calls: readonly HookCall[], paint: Paint): string =>
  table(
    ['TIME', 'HOOK', 'POINT', 'STATE', 'TIMES', 'DETAIL'],
    calls.map(({ at, hook, point, state, times, detail }) => [
      stamp(at),
      hook,
      point,
      { text: state, tone: tones[state] },
      String(times),
      detail === '' ? '-' : detail,
    ]),
    paint,
  );
