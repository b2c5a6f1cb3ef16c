import { expect, it } from '@jest/globals';
import { canMove, isFinal, phases, type Phase } from './phase.js';

/** Every move there is, written out a second time. */
const drawn: readonly string[] = [
  'queued → pending, cancelled, superseded',
  'pending → preparing, held, cancelled, superseded',
  'preparing → progressing, held, rollingBack',
  'progressing → paused, awaitingApproval, held, promoting, rollingBack',
  'paused → progressing, awaitingApproval, baking, promoting, rollingBack',
  'awaitingApproval → progressing, promoting, paused, held, rollingBack',
  'held → pending, preparing, progressing, paused, awaitingApproval, promoting, baking, rollingBack, cancelled, superseded',
  'promoting → awaitingApproval, baking, held, succeeded, rollingBack',
  'baking → held, paused, succeeded, rollingBack',
  'rollingBack → rolledBack, superseded',
  'succeeded → ',
  'rolledBack → ',
  'cancelled → ',
  'superseded → ',
];

it('moves between phases as drawn, and in no other way', () => {
  const row = (from: Phase): string => {
    const to = phases.filter((phase) => canMove(from, phase));
    return `${from} → ${to.toSorted().join(', ')}`;
  };
  const sorted = drawn.map((line) => {
    const [from = '', to = ''] = line.split(' → ');
    return `${from} → ${to.split(', ').toSorted().join(', ')}`;
  });
  expect(phases.map(row).toSorted()).toEqual(sorted.toSorted());
});

it('ends in four ways', () => {
  expect(phases.filter(isFinal)).toEqual(['succeeded', 'rolledBack', 'cancelled', 'superseded']);
});

it('can be rolled back wherever the candidate may have traffic', () => {
  const running: readonly Phase[] = ['progressing', 'paused', 'held', 'promoting', 'baking'];
  for (const phase of running) expect(canMove(phase, 'rollingBack')).toBe(true);
});

it('never comes out of a rollback with traffic', () => {
  const next = phases.filter((phase) => canMove('rollingBack', phase));
  expect(next).toEqual(['rolledBack', 'superseded']);
  expect(next.every(isFinal)).toBe(true);
});
