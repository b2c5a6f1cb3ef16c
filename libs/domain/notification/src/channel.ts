/** A credential by the name of an encrypted secret; never its text. */
export interface SecretRef {
  readonly secret: string;
}

/** What the paths of GitHub's API need. `ref` may hold `{{version}}`: which commit the candidate was built from. */
interface GitHubPlace {
  /** Of the API: another one than `https://api.github.com` with GitHub Enterprise. */
  readonly url: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: SecretRef;
  readonly ref: string;
}

/**
 * Where notices go, and in whose form. Addresses of chats are secrets: whoever knows one may
 * write there.
 */
export type Channel =
  | {
      readonly kind: 'webhook';
      readonly url: string;
      /** `whsec_` and base64, or any text, whose bytes are then the key. */
      readonly signingSecret: SecretRef;
      /** The whole header of that name. */
      readonly authorization?: SecretRef;
    }
  | {
      readonly kind: 'cloudEvents';
      readonly url: string;
      readonly signingSecret?: SecretRef;
      readonly authorization?: SecretRef;
    }
  | { readonly kind: 'slack'; readonly url: SecretRef }
  | { readonly kind: 'microsoftTeams'; readonly url: SecretRef }
  | { readonly kind: 'discord'; readonly url: SecretRef }
  | {
      readonly kind: 'email';
      readonly host: string;
      readonly port: number;
      /** `tls`: from the first byte. `startTls`: refused where the server does not offer it. */
      readonly security: 'tls' | 'startTls' | 'none';
      readonly login?: { readonly username: string; readonly password: SecretRef };
      readonly from: string;
      readonly to: readonly string[];
    }
  | ({
      readonly kind: 'gitHubDeploymentStatus';
      readonly environment: string;
    } & GitHubPlace)
  | ({ readonly kind: 'gitHubCommitStatus'; readonly context: string } & GitHubPlace);

export type ChannelKind = Channel['kind'];

/** A reference, and the field that holds it. */
export type ChannelSecret = readonly [field: string, ref: SecretRef];

/** Every reference of a channel, in the order of its fields. */
export const channelSecrets = (channel: Channel): readonly ChannelSecret[] =>
  refsOf(channel).filter((entry): entry is ChannelSecret => entry[1] !== undefined);

function refsOf(channel: Channel): readonly (readonly [string, SecretRef | undefined])[] {
  switch (channel.kind) {
    case 'webhook':
    case 'cloudEvents':
      return [
        ['signingSecret', channel.signingSecret],
        ['authorization', channel.authorization],
      ];
    case 'slack':
    case 'microsoftTeams':
    case 'discord':
      return [['url', channel.url]];
    case 'email':
      return [['login.password', channel.login?.password]];
    case 'gitHubDeploymentStatus':
    case 'gitHubCommitStatus':
      return [['token', channel.token]];
  }
}
