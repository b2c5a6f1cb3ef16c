import { releaseId, serviceName, version, type Instant } from '@spillway/kernel';
import type { Notice } from './notice.js';

/** Tells of a release that does not exist, so that whoever gets it sees the form of real ones. */
export const testNotice = (actor: string, at: Instant): Notice => ({
  type: 'test',
  severity: 'info',
  at,
  because: `${actor} sent this to see whether it arrives; no release has changed`,
  actor,
  release: {
    id: releaseId('00000000-0000-4000-8000-000000000000'),
    service: serviceName('example/example'),
    stable: version('v1'),
    candidate: version('v2'),
    strategy: { name: 'example', version: 1 },
    requestedBy: actor,
    description: '',
    phase: 'progressing',
  },
  sequence: 0,
  clusters: [],
});
