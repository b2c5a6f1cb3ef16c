import type { WebhookProtocol, WebhookProvider } from '@spillway/application';
import { readCloudEvent } from './cloudevents/read-cloud-event.js';
import { readGeneric } from './generic/read-generic.js';
import { readGithub } from './github/read-github.js';
import { readGitlab } from './gitlab/read-gitlab.js';
import type { Read } from './read.js';
import { authenticate } from './signature/authenticate.js';

const readers: Readonly<Record<WebhookProvider, Read>> = {
  github: readGithub,
  gitlab: readGitlab,
  generic: readGeneric,
  cloudEvents: readCloudEvent,
};

/** How each provider signs, and what it writes. */
export const webhookProtocol: WebhookProtocol = {
  authenticate,
  read: (format, delivery) => readers[format.provider](delivery, format),
};
