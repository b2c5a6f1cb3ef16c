import { describe, expect, it } from '@jest/globals';
import type { NotificationEndpoint } from '@spillway/application';
import { instant } from '@spillway/kernel';
import { toNotificationView } from './notification-view.js';
import { toNewNotification } from './to-notification.js';

const secret = { secret: 'key' };
const url = 'https://example.com/hook';
const gitHub = {
  url: 'https://api.github.com',
  repository: 'shop/catalog',
  token: secret,
  ref: 'build-{{version}}',
};
const mail = {
  host: 'mail.example.com',
  port: 465,
  security: 'tls',
  from: 'spillway@example.com',
  to: ['ops@example.com', "o'neil+oncall@example.com"],
};

const channels = [
  { webhook: { url, signingSecret: secret } },
  { webhook: { url, signingSecret: secret, authorization: secret } },
  { cloudEvents: { url } },
  { cloudEvents: { url, signingSecret: secret, authorization: secret } },
  { slack: { url: secret } },
  { microsoftTeams: { url: secret } },
  { discord: { url: secret } },
  { email: mail },
  { email: { ...mail, login: { username: 'spillway', password: secret } } },
  { gitHubDeploymentStatus: { ...gitHub, environment: 'production' } },
  { gitHubCommitStatus: { ...gitHub, context: 'spillway' } },
];

const filters = [
  { severity: 'detail' },
  {
    namespaces: ['shop'],
    services: ['shop/catalog'],
    types: ['rolledBack'],
    severity: 'critical',
  },
];

const viewed = (document: object) => {
  const parsed = toNewNotification(document);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const at = instant(0);
  const moments = { createdAt: at, updatedAt: at, since: at };
  const record = { ...parsed.value, ...moments } satisfies NotificationEndpoint;
  const { createdAt: _, updatedAt: __, since: ___, ...view } = toNotificationView(record);
  return view;
};

describe('a notification document', () => {
  it.each(channels)('is what the view gives back: %j', (channel) => {
    for (const filter of filters) {
      const document = { name: 'ops', channel, filter };
      expect(viewed(document)).toEqual(document);
    }
  });

  it('is told of what matters, or of whatever types it names', () => {
    const channel = { slack: { url: secret } };
    expect(viewed({ name: 'ops', channel })).toMatchObject({ filter: { severity: 'info' } });
    const filter = { types: ['trafficApplied'] };
    expect(viewed({ name: 'ops', channel, filter })).toMatchObject({
      filter: { types: ['trafficApplied'], severity: 'detail' },
    });
  });

  it('has defaults for what is mostly the same', () => {
    const { port: _, security: __, ...rest } = mail;
    expect(viewed({ name: 'ops', channel: { email: rest } })).toMatchObject({
      channel: { email: { port: 587, security: 'startTls' } },
    });
    const gitHubCommitStatus = { repository: 'shop/catalog', token: secret };
    expect(viewed({ name: 'ops', channel: { gitHubCommitStatus } })).toMatchObject({
      channel: {
        gitHubCommitStatus: {
          url: 'https://api.github.com',
          ref: '{{version}}',
          context: 'spillway/{{service}}',
        },
      },
    });
  });

  it.each([
    [{}, 'channel'],
    [{ slakc: { url: secret } }, 'channel'],
    [{ slack: { url: secret }, discord: { url: secret } }, 'channel'],
    [{ slack: { url: 'https://hooks.slack.com/services/T/B/x' } }, 'channel.slack.url'],
    [{ webhook: { url } }, 'channel.webhook.signingSecret'],
    [{ webhook: { url: `${url}?token=x`, signingSecret: secret } }, 'channel.webhook.url'],
    [{ webhook: { url: 'https://a:b@c/', signingSecret: secret } }, 'channel.webhook.url'],
    [{ cloudEvents: { url: 'ftp://example.com' } }, 'channel.cloudEvents.url'],
    [{ email: { ...mail, from: 'Eve\r\nBcc: a@b.c' } }, 'channel.email.from'],
    [{ email: { ...mail, to: [] } }, 'channel.email.to'],
    [{ email: { ...mail, to: ['a@b.c, d@e.f'] } }, 'channel.email.to[0]'],
    [{ email: { ...mail, port: 0 } }, 'channel.email.port'],
    [
      { email: { ...mail, security: 'none', login: { username: 'a', password: secret } } },
      'channel.email.security',
    ],
    [
      { gitHubCommitStatus: { ...gitHub, repository: 'shop' } },
      'channel.gitHubCommitStatus.repository',
    ],
    [
      { gitHubCommitStatus: { ...gitHub, repository: '../user' } },
      'channel.gitHubCommitStatus.repository',
    ],
    [
      { gitHubCommitStatus: { ...gitHub, repository: 'shop/..' } },
      'channel.gitHubCommitStatus.repository',
    ],
    [{ gitHubDeploymentStatus: gitHub }, 'channel.gitHubDeploymentStatus.environment'],
  ])('is refused with the field that is wrong: %j', (channel, field) => {
    expect(toNewNotification({ name: 'ops', channel })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', field },
    });
  });

  it.each([
    [{ types: ['rolledback'] }, 'filter.types[0]'],
    [{ types: [] }, 'filter.types'],
    [{ severity: 'loud' }, 'filter.severity'],
    [{ services: ['catalog'] }, 'filter.services[0]'],
    [{ namespaces: ['Shop'] }, 'filter.namespaces[0]'],
    [{ severty: 'info' }, 'filter'],
  ])('is refused with a filter of %j', (filter, field) => {
    const channel = { slack: { url: secret } };
    expect(toNewNotification({ name: 'ops', channel, filter })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', field },
    });
  });

  it('never repeats what somebody wrote in place of a secret', () => {
    const channel = { slack: { url: 'https://hooks.slack.com/services/geheim' } };
    expect(JSON.stringify(toNewNotification({ name: 'ops', channel }))).not.toContain('geheim');
  });
});
