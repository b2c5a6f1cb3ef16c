import type { Check } from './authentic.js';
import { anySame } from './same-text.js';

/** GitLab’s secret token. It says who sends, and nothing of what is sent. */
export const gitlabToken: Check = (secrets, { headers }) =>
  anySame([headers['x-gitlab-token'] ?? ''], secrets) ? {} : undefined;

/** `Authorization: Bearer <secret>`, as senders of CloudEvents do. */
export const bearerToken: Check = (secrets, { headers }) => {
  const [, token = ''] = /^Bearer +(\S+) *$/i.exec(headers['authorization'] ?? '') ?? [];
  return anySame([token], secrets) ? {} : undefined;
};
