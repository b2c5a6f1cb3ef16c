import { splitServiceName } from '@spillway/kernel';
import { linkOf, momentOf, type Envelope } from './envelope.js';
import type { Notice } from '../notice.js';

/** Of the form below. Fields may be added to it; a change of one that is there makes the next. */
export const payloadVersion = 1;

/** `release.rolledBack`; `test`. */
export const typeOf = ({ type }: Notice): string => (type === 'test' ? type : `release.${type}`);

/** What machines get, within Standard Webhooks and CloudEvents alike. */
export function payloadOf(envelope: Envelope) {
  const { notice } = envelope;
  const { release, step, clusters, candidateGets, phaseBefore } = notice;
  const link = linkOf(envelope);
  return {
    version: payloadVersion,
    event: {
      type: notice.type,
      severity: notice.severity,
      sequence: notice.sequence,
      at: momentOf(notice),
      because: notice.because,
      actor: notice.actor,
      clusters,
      ...(phaseBefore === undefined ? {} : { phaseBefore }),
      ...(step === undefined ? {} : { step }),
      ...(candidateGets === undefined ? {} : { candidateGets }),
    },
    release: {
      id: release.id,
      ...splitServiceName(release.service),
      service: release.service,
      stable: release.stable,
      candidate: release.candidate,
      strategy: release.strategy,
      requestedBy: release.requestedBy,
      description: release.description,
      phase: release.phase,
      ...(release.commit === undefined ? {} : { commit: release.commit }),
      ...(link === undefined ? {} : { url: link }),
    },
  };
}
