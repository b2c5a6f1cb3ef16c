import type { Socket } from 'node:net';
import type { SendOutcome } from '@spillway/application';
import { toEmail, type Channel, type Envelope } from '@spillway/domain-notification';
import { Deadline } from './deadline.js';
import { mailFailure, type MailError } from './mail-failure.js';
import type { OpenedSecrets } from './opened-secrets.js';

export type EmailChannel = Extract<Channel, { kind: 'email' }>;

interface Mailing {
  readonly channel: EmailChannel;
  readonly envelope: Envelope;
  readonly secrets: OpenedSecrets;
  readonly dial: (host: string, port: number) => Promise<Socket>;
  readonly timeoutMs: number;
}

/** One message to all recipients. What the server says is not repeated, but for its numbers. */
export async function sendMail(mailing: Mailing): Promise<SendOutcome> {
  const { channel, secrets, timeoutMs } = mailing;
  const password = channel.login && (await secrets.text(channel.login.password));
  const deadline = new Deadline(timeoutMs);
  try {
    const socket = await deadline.race(mailing.dial(channel.host, channel.port));
    deadline.onEnd(() => socket.destroy());
    const { response } = await deadline.race(deliver(mailing, socket, password));
    const status = Number(response.slice(0, 3));
    return Number.isInteger(status) ? { kind: 'sent', status } : { kind: 'sent' };
  } catch (error) {
    return deadline.hasPassed
      ? late(timeoutMs)
      : mailFailure(error as MailError, (text) => secrets.isIn(text));
  } finally {
    deadline.end();
  }
}

async function deliver(
  { channel, envelope, timeoutMs }: Mailing,
  connection: Socket,
  password: string | undefined,
): Promise<{ readonly response: string }> {
  // Most have no channel that mails.
  const { createTransport } = await import('nodemailer');
  const { login, security, host, port } = channel;
  const transport = createTransport({
    host,
    port,
    connection,
    secure: security === 'tls',
    requireTLS: security === 'startTls',
    ignoreTLS: security === 'none',
    ...(login === undefined ? {} : { auth: { user: login.username, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    return await transport.sendMail(messageOf(channel, envelope));
  } finally {
    transport.close();
  }
}

function messageOf({ from, to }: EmailChannel, envelope: Envelope) {
  const { subject, text, messageId, thread } = toEmail(envelope);
  const home = `@${from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '')}`;
  return {
    from,
    to: [...to],
    subject,
    text,
    messageId: `<${messageId}${home}>`,
    references: `<${thread}${home}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

const late = (timeoutMs: number): SendOutcome => ({
  kind: 'failed',
  fault: 'endpoint',
  because: `the mail server was not done within ${timeoutMs} ms`,
});
