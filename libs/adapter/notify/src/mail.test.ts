import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { SendOutcome } from '@spillway/application';
import { aNotice } from '@spillway/domain-notification/testing';
import { deliveryId, instant } from '@spillway/kernel';
import { createNotifier } from './create-notifier.js';
import { channelsAt, secretTexts } from './testing/channels.js';
import { MailServer, type MailBehaviour } from './testing/mail-server.js';

const servers: MailServer[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await server.stop();
});

const dial = (host: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port }, () => resolve(socket));
    sockets.push(socket);
    socket.once('error', reject);
  });

const id = deliveryId('0197f3a0-6c1e-7b1f-9d62-4c1b5d7e8f90');

async function mailTo(
  port: number,
  notice = aNotice(),
  openSecret: (name: string) => Promise<string | undefined> = () =>
    Promise.resolve(`${secretTexts.password}\n`),
  security: 'none' | 'startTls' = 'none',
): Promise<SendOutcome> {
  const channel = { ...channelsAt(`http://127.0.0.1:${port}`).email, security };
  const outgoing = { call: () => Promise.reject(new Error('no HTTP here')) };
  const notifier = createNotifier({ outgoing, openSecret, dial, timeoutMs: 400 });
  return notifier.send({ id, channel, notice, at: instant(0) });
}

async function serverThat(behaviour: MailBehaviour = {}) {
  const server = new MailServer(behaviour);
  servers.push(server);
  return { server, port: await server.start() };
}

describe('a mail', () => {
  it('goes to all recipients at once, from who it is said to be from', async () => {
    const { server, port } = await serverThat();
    expect(await mailTo(port)).toEqual({ kind: 'sent', status: 250 });
    const [mail] = server.received;
    expect(mail).toMatchObject({
      from: 'spillway@example.com',
      to: ['ops@example.com', 'anna@example.com'],
    });
    expect(mail?.data).toMatch(/^Subject: \[spillway\] shop\/catalog v2: rolling back$/m);
    expect(mail?.data).toMatch(
      /^Message-ID: <0197f3a0-6c1e-7b1f-9d62-4c1b5d7e8f90@example\.com>$/m,
    );
    expect(mail?.data).toMatch(/^References: <release-0197f3a0-.*@example\.com>$/m);
    expect(mail?.data).toMatch(/^Auto-Submitted: auto-generated$/m);
    const login = Buffer.from(`\0spillway\0${secretTexts.password}`).toString('base64');
    expect(server.said).toContain(`AUTH PLAIN ${login}`);
  });

  it('has no header and no recipient that somebody wrote into a reason', async () => {
    const { server, port } = await serverThat();
    const because = 'x\r\nBcc: eve@example.com\r\n\r\n.\r\nRCPT TO:<eve@example.com>';
    await mailTo(port, aNotice({ because, actor: 'y\nBcc: eve@example.com' }));
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.to).toEqual(['ops@example.com', 'anna@example.com']);
    const [headers = ''] = server.received[0]?.data.split('\n\n') ?? [];
    expect(headers).not.toContain('eve@');
  });

  it('is not sent where TLS is wanted and not offered', async () => {
    const { server, port } = await serverThat();
    const outcome = await mailTo(port, aNotice(), undefined, 'startTls');
    expect(outcome).toMatchObject({ kind: 'failed', fault: 'endpoint' });
    expect(server.said.join()).not.toContain('AUTH');
    expect(server.received).toEqual([]);
  });
});

const endpoint = { kind: 'failed', fault: 'endpoint' };
const message = { kind: 'failed', fault: 'message' };
const late = { ...endpoint, because: 'the mail server was not done within 400 ms' };

describe('a mail server', () => {
  it.each<[MailBehaviour, { because?: RegExp | string } & Record<string, unknown>]>([
    [{ CONNECT: 'hang' }, late],
    [{ EHLO: 'hang', HELO: 'hang' }, late],
    [{ END: 'hang' }, late],
    [{ CONNECT: 'close' }, endpoint],
    [{ DATA: 'close' }, endpoint],
    [{ END: 'close' }, endpoint],
    [{ CONNECT: '554 go away' }, { ...endpoint, status: 554 }],
    [{ CONNECT: 'HTTP/1.1 400 Bad Request' }, endpoint],
    [{ AUTH: '535 no' }, { ...endpoint, status: 535, because: /535 to AUTH PLAIN/ }],
    [{ MAIL: '451 later' }, { ...endpoint, status: 451 }],
    [{ RCPT: '550 nobody of that name' }, { ...message, status: 550 }],
    [{ RCPT: '450 later' }, { ...endpoint, status: 450 }],
    [{ END: '552 too large' }, { ...message, status: 552 }],
    [{ END: '421 later' }, { ...endpoint, status: 421 }],
  ])('that does %j has it told so', async (behaviour, { because = /./, ...expected }) => {
    const { port } = await serverThat(behaviour);
    const outcome = await mailTo(port);
    expect(outcome).toMatchObject(expected);
    expect(outcome).toHaveProperty('because', expect.stringMatching(because));
  });

  it('that nobody answers for has failed', async () => {
    const { server, port } = await serverThat();
    await server.stop();
    servers.splice(0);
    expect(await mailTo(port)).toMatchObject({
      ...endpoint,
      because: expect.stringMatching(/ECONNREFUSED/),
    });
  });

  it('is not asked when the password is not there', async () => {
    const { server, port } = await serverThat();
    expect(await mailTo(port, aNotice(), () => Promise.resolve(undefined))).toEqual({
      ...endpoint,
      because: 'there is no secret "password"',
    });
    expect(server.said).toEqual([]);
  });

  it('that repeats the password does not have it repeated', async () => {
    const login = Buffer.from(`\0spillway\0${secretTexts.password}`).toString('base64');
    const { port } = await serverThat({ AUTH: `535 ${secretTexts.password} ${login} is wrong` });
    const outcome = JSON.stringify(await mailTo(port));
    expect(outcome).not.toContain(secretTexts.password);
    expect(outcome).not.toContain(login);
  });
});
