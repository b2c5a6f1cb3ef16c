import type { OutgoingNotice, OutgoingRequest } from '@spillway/application';
import {
  toCloudEvent,
  toDiscord,
  toMicrosoftTeams,
  toSlack,
  toWebhook,
  type Channel,
  type Envelope,
  type SecretRef,
} from '@spillway/domain-notification';
import type { OpenedSecrets } from './opened-secrets.js';

/** What a vendor says for itself when it refuses is no longer than this. */
const maxBytes = 4_000;

export type HttpChannel = Extract<
  Channel,
  { kind: 'webhook' | 'cloudEvents' | 'slack' | 'microsoftTeams' | 'discord' }
>;

interface Post {
  readonly url: string;
  readonly type: string;
  readonly body: object;
  readonly signingSecret?: SecretRef | undefined;
  readonly authorization?: SecretRef | undefined;
}

const json = 'application/json';

/** One request is all that these want. */
export async function toRequest(
  channel: HttpChannel,
  { id, at }: OutgoingNotice,
  envelope: Envelope,
  { secrets, timeoutMs }: { readonly secrets: OpenedSecrets; readonly timeoutMs: number },
): Promise<OutgoingRequest> {
  const post = await toPost(channel, envelope, secrets);
  const { authorization, signingSecret } = post;
  const allowed = authorization && { authorization: await secrets.text(authorization) };
  const signing = signingSecret && { id, at, secrets: keysOf(await secrets.text(signingSecret)) };
  return {
    url: post.url,
    method: 'POST',
    headers: { 'content-type': post.type, ...allowed },
    body: JSON.stringify(post.body),
    ...(signing === undefined ? {} : { signing }),
    timeoutMs,
    maxBytes,
  };
}

async function toPost(
  channel: HttpChannel,
  envelope: Envelope,
  secrets: OpenedSecrets,
): Promise<Post> {
  switch (channel.kind) {
    case 'webhook':
      return { ...channel, type: json, body: toWebhook(envelope) };
    case 'cloudEvents':
      return {
        ...channel,
        type: 'application/cloudevents+json; charset=utf-8',
        body: toCloudEvent(envelope),
      };
    case 'slack':
      return { url: await secrets.text(channel.url), type: json, body: toSlack(envelope) };
    case 'microsoftTeams':
      return { url: await secrets.text(channel.url), type: json, body: toMicrosoftTeams(envelope) };
    case 'discord':
      return { url: await secrets.text(channel.url), type: json, body: toDiscord(envelope) };
  }
}

/** Several, one behind the other, while a new one replaces an old one: the receiver takes either. */
const keysOf = (text: string): readonly string[] => text.split(/\s+/);
