import { describe, expect, it } from '@jest/globals';
import { judgeAnswer, retryAfter, type Judging } from './judge-answer.js';
import { OpenedSecrets } from './opened-secrets.js';
import { vendors } from './vendors.js';

const address = 'https://hooks.slack.com/services/T00/B00/XyZ123abc';

async function judging(kind: keyof typeof vendors): Promise<Judging> {
  const secrets = new OpenedSecrets(() => Promise.resolve(address));
  await secrets.text({ secret: 'address' });
  return { ...vendors[kind], secrets };
}

const answered = (status: number, body = '', headers = {}) =>
  ({ kind: 'answered', status, headers, body }) as const;

describe('an answer', () => {
  it.each([200, 201, 202, 204])('of %d is a delivery', async (status) => {
    expect(judgeAnswer(answered(status), await judging('webhook'))).toEqual({
      kind: 'sent',
      status,
    });
  });

  it.each([
    [301, 'endpoint'],
    [400, 'message'],
    [401, 'endpoint'],
    [403, 'endpoint'],
    [404, 'endpoint'],
    [408, 'endpoint'],
    [410, 'gone'],
    [413, 'message'],
    [422, 'message'],
    [429, 'endpoint'],
    [500, 'endpoint'],
    [503, 'endpoint'],
  ])('of %d is a failure of the %s', async (status, fault) => {
    const outcome = judgeAnswer(answered(status), await judging('webhook'));
    expect(outcome).toMatchObject({ kind: 'failed', status, fault });
  });

  it('says what a vendor says for itself, and nothing else of a body', async () => {
    expect(judgeAnswer(answered(400, 'invalid_payload'), await judging('slack'))).toMatchObject({
      fault: 'message',
      because: 'Slack answered 400: invalid_payload',
    });
    expect(judgeAnswer(answered(404, 'no_service'), await judging('slack'))).toMatchObject({
      fault: 'gone',
    });
    const unknown = '{"message": "Unknown Webhook", "code": 10015}';
    expect(judgeAnswer(answered(404, unknown), await judging('discord'))).toMatchObject({
      fault: 'gone',
      because: 'Discord answered 404: code 10015',
    });
    const page = 'Cannot POST /services/T00/B00/XyZ123abc';
    for (const kind of ['slack', 'discord', 'microsoftTeams', 'webhook'] as const) {
      const outcome = judgeAnswer(answered(404, page), await judging(kind));
      expect(JSON.stringify(outcome)).not.toContain('XyZ123abc');
    }
    expect(judgeAnswer(answered(404, 'services'), await judging('slack'))).toMatchObject({
      because: 'Slack answered 404',
    });
  });

  it('that never came says why, unless that would tell a secret', async () => {
    const failed = (reason: string) => ({ kind: 'failed', why: 'connection', reason }) as const;
    expect(judgeAnswer(failed('ECONNRESET'), await judging('slack'))).toMatchObject({
      fault: 'endpoint',
      because: 'ECONNRESET',
    });
    expect(judgeAnswer(failed(`no ${address}`), await judging('slack'))).toMatchObject({
      because: 'the call could not be made',
    });
  });
});

it.each([
  [undefined, undefined],
  ['120', 120_000],
  ['0.5', 500],
  ['Mon, 05 Jan 2026 09:00:30 GMT', 30_000],
  ['Mon, 05 Jan 2026 08:00:00 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
])('reads a Retry-After of %j as %j ms', (header, ms) => {
  expect(retryAfter(header, Date.UTC(2026, 0, 5, 9))).toBe(ms);
});
