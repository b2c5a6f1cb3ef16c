import {
  clusterName,
  instant,
  releaseId,
  serviceName,
  version,
  type Instant,
} from '@spillway/kernel';
import type { Notice, NoticedRelease } from '../notice.js';

export const aNoticedRelease = (more: Partial<NoticedRelease> = {}): NoticedRelease => ({
  id: releaseId('0197f3a0-5d0c-7c52-8a51-3f6a6c3f9d10'),
  service: serviceName('shop/catalog'),
  stable: version('v1'),
  candidate: version('v2'),
  strategy: { name: 'canary-10', version: 3 },
  requestedBy: 'anna',
  description: 'Search by colour',
  phase: 'rollingBack',
  ...more,
});

const moment: Instant = instant(Date.UTC(2026, 0, 5, 9, 30));

/** A rollback has begun. */
export const aNotice = (more: Partial<Notice> = {}): Notice => ({
  type: 'rollbackStarted',
  severity: 'critical',
  at: moment,
  because: 'v2 has more errors than v1: 4.1 % of 2,310 requests against 0.4 % of 20,512',
  actor: 'spillway',
  release: aNoticedRelease(),
  sequence: 14,
  phaseBefore: 'progressing',
  clusters: [clusterName('eu-west'), clusterName('us-east')],
  candidateGets: '0 %',
  ...more,
});
