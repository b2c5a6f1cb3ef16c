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
const severityOfType: Readonly<Record<EventType, Severity>> = {
  created: 'info',
  begun: 'detail',
  preparationStarted: 'detail',
  prepared: 'detail',
  stepStarted: 'detail',
  stepCompleted: 'info',
  stepSkipped: 'warning',
  wentBack: 'warning',
  waveTakenBack: 'critical',
  wentAhead: 'warning',
  strategyChanged: 'warning',
  clustersChanged: 'warning',
  trafficShifted: 'detail',
  trafficApplied: 'detail',
  trafficDistributed: 'detail',
  trafficObserved: 'detail',
  trafficDelayed: 'warning',
  driftFound: 'warning',
  writeRefused: 'critical',
  held: 'warning',
  released: 'info',
  paused: 'warning',
  resumed: 'info',
  gateReached: 'warning',
  approved: 'info',
  rejected: 'warning',
  gatePassed: 'info',
  gateLeft: 'detail',
  approvalsVoided: 'warning',
  freezeOverridden: 'warning',
  promotionStarted: 'info',
  bakeWaived: 'warning',
  bakeStarted: 'info',
  succeeded: 'info',
  rollbackStarted: 'critical',
  rolledBack: 'critical',
  cancelled: 'warning',
  superseded: 'info',
};

/** What an endpoint may be told of, in the order in which it happens. */
export const eventTypes = Object.keys(severityOfType) as EventType[];

export const severityOf = (type: EventType): Severity => severityOfType[type];

export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(least);
