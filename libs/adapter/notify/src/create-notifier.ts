import type { Notifier, OutgoingNotice, SendOutcome } from '@spillway/application';
import type { Envelope } from '@spillway/domain-notification';
import { tellGitHub } from './git-hub.js';
import { toRequest, type HttpChannel } from './http-message.js';
import { judgeAnswer } from './judge-answer.js';
import { sendMail } from './mail.js';
import type { NotifierOptions } from './notifier-options.js';
import { OpenedSecrets, SecretMissing } from './opened-secrets.js';
import { vendors } from './vendors.js';

const defaultTimeoutMs = 10_000;

/** Tells people and machines outside, each in its own form. */
export const createNotifier = (options: NotifierOptions): Notifier => ({
  send: async (message) => {
    const secrets = new OpenedSecrets(options.openSecret);
    try {
      return await send(options, message, secrets);
    } catch (error) {
      if (!(error instanceof SecretMissing)) throw error;
      return { kind: 'failed', fault: 'endpoint', because: error.message };
    }
  },
});

function send(
  options: NotifierOptions,
  message: OutgoingNotice,
  secrets: OpenedSecrets,
): Promise<SendOutcome> {
  const { channel } = message;
  const { outgoing, dial, timeoutMs = defaultTimeoutMs } = options;
  const envelope = envelopeOf(message, options);
  switch (channel.kind) {
    case 'email':
      return sendMail({ channel, envelope, secrets, dial, timeoutMs });
    case 'gitHubCommitStatus':
    case 'gitHubDeploymentStatus':
      return tellGitHub({ channel, envelope, secrets, outgoing, timeoutMs });
    case 'webhook':
    case 'cloudEvents':
    case 'slack':
    case 'microsoftTeams':
    case 'discord':
      return post(options, { message, channel, envelope, secrets });
  }
}

interface Post {
  readonly message: OutgoingNotice;
  readonly channel: HttpChannel;
  readonly envelope: Envelope;
  readonly secrets: OpenedSecrets;
}

async function post(
  { outgoing, timeoutMs = defaultTimeoutMs }: NotifierOptions,
  { message, channel, envelope, secrets }: Post,
): Promise<SendOutcome> {
  const request = await toRequest(channel, message, envelope, { secrets, timeoutMs });
  return judgeAnswer(await outgoing.call(request), { ...vendors[channel.kind], secrets });
}

const envelopeOf = ({ id, notice }: OutgoingNotice, { publicUrl }: NotifierOptions): Envelope => ({
  id,
  notice,
  ...(publicUrl === undefined ? {} : { publicUrl }),
});
