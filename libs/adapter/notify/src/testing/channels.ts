import type { Channel, ChannelKind } from '@spillway/domain-notification';

/** The texts of the secrets that the channels below name. */
export const secretTexts = {
  signing: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  authorization: 'Bearer broker-key-4711',
  password: 'correct-horse-battery',
  token: 'ghp_0123456789abcdefghijklmnopqrstuvwxyz',
} as const;

const secret = (name: keyof typeof secretTexts | 'address') => ({ secret: name });

/** One of each kind, at an address. That of a chat is the text of the secret `address`. */
export const channelsAt = (
  url: string,
): { readonly [Kind in ChannelKind]: Extract<Channel, { kind: Kind }> } => {
  const place = {
    url,
    repository: 'shop/catalog',
    token: secret('token'),
    ref: 'build-{{version}}',
  };
  const { hostname, port } = new URL(url);
  return {
    webhook: {
      kind: 'webhook',
      url,
      signingSecret: secret('signing'),
      authorization: secret('authorization'),
    },
    cloudEvents: { kind: 'cloudEvents', url, authorization: secret('authorization') },
    slack: { kind: 'slack', url: secret('address') },
    microsoftTeams: { kind: 'microsoftTeams', url: secret('address') },
    discord: { kind: 'discord', url: secret('address') },
    email: {
      kind: 'email',
      host: hostname,
      port: Number(port),
      security: 'none',
      login: { username: 'spillway', password: secret('password') },
      from: 'spillway@example.com',
      to: ['ops@example.com', 'anna@example.com'],
    },
    gitHubDeploymentStatus: {
      kind: 'gitHubDeploymentStatus',
      environment: 'production',
      ...place,
    },
    gitHubCommitStatus: { kind: 'gitHubCommitStatus', context: 'spillway/{{service}}', ...place },
  };
};
