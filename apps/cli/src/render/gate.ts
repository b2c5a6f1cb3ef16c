import type { ApprovalWaiting, Gate } from '@spillway/sdk';
import { age } from './moment.js';
import { table } from './table.js';

export const gateTable = (gates: readonly Gate[], now: number): string =>
  table(
    ['GATE', 'STATE', 'BY', 'AGE', 'COMMENT'],
    gates.map(({ name, state, actor, at, comment }) => [name, state, actor, age(at, now), comment]),
  );

export const waitingTable = (waiting: readonly ApprovalWaiting[], now: number): string =>
  table(
    ['RELEASE', 'SERVICE', 'FROM', 'TO', 'GATE', 'APPROVALS', 'ASKED BY', 'WAITS'],
    waiting.map((one) => [
      one.release,
      one.service,
      one.stable,
      one.candidate,
      one.gate,
      `${one.approvals.length}/${one.wanted}`,
      one.requestedBy,
      age(one.since, now),
    ]),
  );
