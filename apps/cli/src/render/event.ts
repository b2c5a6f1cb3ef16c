import type { ReleaseEvent } from '@spillway/sdk';
import { stamp } from './moment.js';
import { printable } from './printable.js';
import { table } from './table.js';

export const eventTable = (events: readonly ReleaseEvent[]): string =>
  table(
    ['SEQ', 'TIME', 'EVENT', 'ACTOR', 'BECAUSE'],
    events.map(({ sequence, at, type, actor, because }) => [
      String(sequence),
      stamp(at),
      type,
      actor,
      because,
    ]),
  );

/** `2026-01-05T10:00:01Z trafficShifted     v2 gets 10 % in eu-west (spillway)` */
export const eventLine = ({ at, type, because, actor }: ReleaseEvent): string =>
  `${stamp(at)} ${printable(`${type.padEnd(18)} ${because} (${actor})`)}\n`;
