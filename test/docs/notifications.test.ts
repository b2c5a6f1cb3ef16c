import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import {
  toCloudEvent,
  toCommitStatus,
  toDeploymentStatus,
  toDiscord,
  toEmail,
  toMicrosoftTeams,
  toSlack,
  toWebhook,
  type ChannelKind,
  type Envelope,
} from '@spillway/domain-notification';
import { aNotice } from '@spillway/domain-notification/testing';
import { format } from 'prettier';
import { root } from './pages.js';

const path = 'docs/guides/notifications.md';
const mark = /<!-- sample: (\w+) -->\n[\s\S]*?<!-- end -->/g;

const envelope: Envelope = {
  id: '0197f3a0-6c1e-7b1f-9d62-4c1b5d7e8f90',
  notice: aNotice(),
  publicUrl: 'https://spillway.example.com',
};

const status = {
  kind: 'gitHubCommitStatus',
  url: 'https://api.github.com',
  repository: 'shop/catalog',
  token: { secret: 'github-statuses' },
  ref: '{{version}}',
  context: 'spillway/{{service}}',
} as const;

const { subject, text } = toEmail(envelope);

/** What each kind of endpoint is sent of the same event. */
const samples: Readonly<Record<ChannelKind, object | string>> = {
  webhook: toWebhook(envelope),
  cloudEvents: toCloudEvent(envelope),
  slack: toSlack(envelope),
  microsoftTeams: toMicrosoftTeams(envelope),
  discord: toDiscord(envelope),
  email: `Subject: ${subject}\n\n${text}`,
  gitHubCommitStatus: toCommitStatus(status, envelope),
  gitHubDeploymentStatus: toDeploymentStatus(envelope),
};

async function block(kind: ChannelKind): Promise<string> {
  const sample = samples[kind];
  const shown =
    typeof sample === 'string'
      ? `\`\`\`text\n${sample}\`\`\``
      : `\`\`\`json\n${await format(JSON.stringify(sample), { parser: 'json', printWidth: 100 })}\`\`\``;
  return `<!-- sample: ${kind} -->\n\n${shown}\n\n<!-- end -->`;
}

/** `UPDATE_DOCS=1 npm run test:unit -- test/docs/notifications.test.ts` writes them anew. */
it('the samples in the page are what endpoints are sent', async () => {
  const before = readFileSync(join(root, path), 'utf8');
  const shown = [...before.matchAll(mark)];
  expect(shown.map(([, kind]) => kind).toSorted()).toEqual(Object.keys(samples).toSorted());
  let wanted = before;
  for (const [whole, kind = ''] of shown) {
    const sample = await block(kind as ChannelKind);
    wanted = wanted.replace(whole, () => sample);
  }
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(join(root, path), wanted);
  expect(readFileSync(join(root, path), 'utf8')).toBe(wanted);
});
