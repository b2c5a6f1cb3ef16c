import { momentOf, type Envelope } from './envelope.js';
import { payloadOf, payloadVersion, typeOf } from './payload.js';

/**
 * CloudEvents 1.0, structured. `source` and `id` together name the event, and not the delivery:
 * a broker that gets it through two endpoints knows it for one. Tests have only their delivery.
 */
export function toCloudEvent(envelope: Envelope) {
  const { notice, id, publicUrl } = envelope;
  const { release, sequence } = notice;
  return {
    specversion: '1.0',
    id: notice.type === 'test' ? id : `${release.id}/${sequence}`,
    source: publicUrl ?? 'urn:spillway',
    type: `dev.spillway.${typeOf(notice)}.v${payloadVersion}`,
    subject: release.service,
    time: momentOf(notice),
    datacontenttype: 'application/json',
    data: payloadOf(envelope),
  };
}
