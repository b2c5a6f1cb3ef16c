import type { ReleaseEvent } from '@spillway/domain-release';

/** How much somebody should mind, from the least. */
export const severities = ['detail', 'info', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

type EventType = ReleaseEvent['type'];

/**
 * `critical`: users had harm, or would have; a person should look now. `warning`: the release
 * stands still, or differs from its plan. `info`: what a team follows. `detail`: all the rest,
 * which is what one release says dozens of times.
 */
const severityOfType: Partial<Record<EventType, Severity>> = {
  created: 'info',
  stepCompleted: 'info',
  released: 'info',
  resumed: 'info',
  promotionStarted: 'info',
  bakeStarted: 'info',
  succeeded: 'info',
  trafficDelayed: 'warning',
  driftFound: 'warning',
  held: 'warning',
  paused: 'warning',
  cancelled: 'warning',
  writeRefused: 'critical',
  rollbackStarted: 'critical',
  rolledBack: 'critical',
};

export const severityOf = (type: EventType): Severity => severityOfType[type] ?? 'detail';

export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(least);
