import type { WebhookProtocol, WebhookProvider } from '@spillway/application';
import type { Check } from './authentic.js';
import { hubSignature } from './hub-signature.js';
import { spillwaySignature } from './spillway-signature.js';
import { standardWebhooks } from './standard-webhooks.js';
import { bearerToken, gitlabToken } from './token.js';

type Chosen = readonly [header: string | undefined, check: Check];

/**
 * By the header that was sent, the first of the list: what is there must hold, so
 * that a wrong signature is never made good by something weaker. GitLab sends
 * the id and the moment with every delivery, and the signature only where it signs.
 */
const checks: Readonly<Record<WebhookProvider, readonly Chosen[]>> = {
  github: [[undefined, hubSignature]],
  gitlab: [
    ['webhook-signature', standardWebhooks],
    [undefined, gitlabToken],
  ],
  generic: [
    ['webhook-signature', standardWebhooks],
    [undefined, spillwaySignature],
  ],
  cloudEvents: [
    ['webhook-signature', standardWebhooks],
    ['x-spillway-signature', spillwaySignature],
    [undefined, bearerToken],
  ],
};

export const authenticate: WebhookProtocol['authenticate'] = (
  { provider },
  secrets,
  delivery,
  now,
) => {
  const [, check] =
    checks[provider].find(([header]) => header === undefined || header in delivery.headers) ?? [];
  // An empty secret is none: everybody could sign with it.
  return check?.(
    secrets.filter((secret) => secret !== ''),
    delivery,
    now,
  );
};
