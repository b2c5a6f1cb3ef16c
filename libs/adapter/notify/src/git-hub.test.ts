import { describe, expect, it } from '@jest/globals';
import type { OutgoingRequest } from '@spillway/application';
import { ScriptedOutgoing } from '@spillway/application/testing';
import { testNotice, type ChannelKind } from '@spillway/domain-notification';
import { aNotice, aNoticedRelease } from '@spillway/domain-notification/testing';
import { deliveryId, instant, version } from '@spillway/kernel';
import { createNotifier } from './create-notifier.js';
import { channelsAt, secretTexts } from './testing/channels.js';

const api = 'https://github.test/api/v3';
const repository = `${api}/repos/shop/catalog`;
const sha = '0123456789abcdef0123456789abcdef01234567';

const tell = (outgoing: ScriptedOutgoing, kind: ChannelKind, notice = aNotice()) =>
  createNotifier({
    outgoing,
    openSecret: () => Promise.resolve(secretTexts.token),
    dial: () => Promise.reject(new Error('no mail here')),
    publicUrl: 'https://spillway.example',
  }).send({ id: deliveryId('one'), channel: channelsAt(api)[kind], notice, at: instant(0) });

const asked = ({ sent }: ScriptedOutgoing) => sent.map(({ method, url }) => `${method} ${url}`);
const bodyOf = (request?: OutgoingRequest): unknown => JSON.parse(request?.body ?? 'null');

describe('a commit', () => {
  it('is looked up by what the version was built from, and gets the status', async () => {
    const outgoing = new ScriptedOutgoing();
    outgoing.at(`${repository}/commits/build-v2`, { status: 200, body: `${sha}\n` });
    outgoing.at(`${repository}/statuses/${sha}`, { status: 201 });
    expect(await tell(outgoing, 'gitHubCommitStatus')).toEqual({ kind: 'sent', status: 201 });
    expect(asked(outgoing)).toEqual([
      `GET ${repository}/commits/build-v2`,
      `POST ${repository}/statuses/${sha}`,
    ]);
    expect(outgoing.sent[0]?.headers).toMatchObject({
      accept: 'application/vnd.github.sha',
      authorization: `Bearer ${secretTexts.token}`,
      'x-github-api-version': '2022-11-28',
    });
    expect(bodyOf(outgoing.sent[1])).toEqual({
      state: 'pending',
      context: 'spillway/shop/catalog',
      description: aNotice().because,
      target_url: `https://spillway.example/api/v1/releases/${aNoticedRelease().id}`,
    });
  });

  it('is not looked up where the version says which one it is', async () => {
    const outgoing = new ScriptedOutgoing();
    const release = aNoticedRelease({ candidate: version(sha) });
    outgoing.at(`${repository}/commits/build-${sha}`, { status: 200, body: sha });
    outgoing.at(`${repository}/statuses/${sha}`, { status: 201 });
    const channel = { ...channelsAt(api).gitHubCommitStatus, ref: '{{version}}' };
    const notifier = createNotifier({
      outgoing,
      openSecret: () => Promise.resolve(secretTexts.token),
      dial: () => Promise.reject(new Error('no mail here')),
    });
    await notifier.send({
      id: deliveryId('one'),
      channel,
      notice: aNotice({ release }),
      at: instant(0),
    });
    expect(asked(outgoing)).toEqual([`POST ${repository}/statuses/${sha}`]);
  });

  it.each([
    [{ status: 422 }, { fault: 'message', status: 422 }],
    [{ status: 401 }, { fault: 'endpoint', status: 401 }],
    [{ status: 200, body: '{"sha":"x"}' }, { fault: 'message' }],
  ])('that is answered for with %j gets no status', async (answer, expected) => {
    const outgoing = new ScriptedOutgoing();
    outgoing.at(`${repository}/commits/build-v2`, answer);
    expect(await tell(outgoing, 'gitHubCommitStatus')).toMatchObject({
      kind: 'failed',
      ...expected,
    });
    expect(outgoing.sent).toHaveLength(1);
  });
});

describe('a deployment', () => {
  const list = `${repository}/deployments?ref=build-v2&environment=production&per_page=1`;

  it('is the newest of its ref and environment, and gets the status', async () => {
    const outgoing = new ScriptedOutgoing();
    outgoing.at(list, { status: 200, body: '[{"id":42},{"id":41}]' });
    outgoing.at(`${repository}/deployments/42/statuses`, { status: 201 });
    expect(await tell(outgoing, 'gitHubDeploymentStatus')).toEqual({ kind: 'sent', status: 201 });
    expect(bodyOf(outgoing.sent[1])).toMatchObject({ state: 'in_progress', auto_inactive: false });
  });

  it('is looked up by the commit that CI named', async () => {
    const outgoing = new ScriptedOutgoing();
    const release = aNoticedRelease({ commit: { sha } });
    await tell(outgoing, 'gitHubDeploymentStatus', aNotice({ release }));
    expect(asked(outgoing)).toEqual([
      `GET ${repository}/deployments?sha=${sha}&environment=production&per_page=1`,
    ]);
  });

  it.each(['[]', '{}', '[{"id":"../x"}]', 'null', 'no JSON', ''])(
    'that is not in %j gets no status',
    async (body) => {
      const outgoing = new ScriptedOutgoing();
      outgoing.at(list, { status: 200, body });
      expect(await tell(outgoing, 'gitHubDeploymentStatus')).toEqual({
        kind: 'failed',
        fault: 'message',
        because: 'GitHub knows no deployment of "build-v2" to production',
      });
      expect(outgoing.sent).toHaveLength(1);
    },
  );
});

it.each<ChannelKind>(['gitHubCommitStatus', 'gitHubDeploymentStatus'])(
  'looks at the repository for a test of %s, and writes nothing',
  async (kind) => {
    const outgoing = new ScriptedOutgoing();
    outgoing.at(repository, { status: 200 });
    const sent = await tell(outgoing, kind, testNotice('anna', instant(0)));
    expect(sent).toEqual({ kind: 'sent', status: 200 });
    expect(asked(outgoing)).toEqual([`GET ${repository}`]);
  },
);
