import { momentOf, type Envelope } from './envelope.js';
import { payloadOf, typeOf } from './payload.js';

/** The body that Standard Webhooks recommends: `type`, `timestamp` and `data`. */
export const toWebhook = (envelope: Envelope) => ({
  type: typeOf(envelope.notice),
  timestamp: momentOf(envelope.notice),
  data: payloadOf(envelope),
});
