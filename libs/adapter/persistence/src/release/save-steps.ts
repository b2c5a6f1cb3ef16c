import type { ReleaseEvent } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import type { EntityManager } from 'typeorm';
import { completeStepSql, interruptStepsSql, startStepSql } from './release-sql.js';

/** What leaves a step behind that has not completed. */
const interrupting: ReadonlySet<ReleaseEvent['type']> = new Set([
  'promotionStarted',
  'rollbackStarted',
  'cancelled',
  'stepSkipped',
  'wentBack',
  'waveTakenBack',
  'strategyChanged',
]);

/** Notes when steps began and ended. */
export async function saveSteps(
  manager: EntityManager,
  release: ReleaseId,
  events: readonly ReleaseEvent[],
): Promise<void> {
  for (const event of events) {
    const at = new Date(event.at);
    if (event.type === 'stepCompleted') {
      await manager.query(completeStepSql, [release, event.index, at]);
    }
    if (interrupting.has(event.type)) await manager.query(interruptStepsSql, [release, at]);
    const begun = begunBy(event);
    if (begun !== undefined) await manager.query(startStepSql, [release, begun, at]);
  }
}

const begunBy = (event: ReleaseEvent): number | undefined =>
  event.type === 'stepStarted' || event.type === 'wentBack' || event.type === 'strategyChanged'
    ? event.index
    : undefined;
