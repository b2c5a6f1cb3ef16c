import type { Channel } from '@spillway/domain-notification';
import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { webAddress } from '../schema/web-address.js';
import { secretRef, word } from '../source/connection-fields.js';
import { emailFields } from './email-document.js';

/** What a document says of a kind, as the domain has it. */
export type ChannelFields<Kind extends Channel['kind']> = Omit<
  Extract<Channel, { readonly kind: Kind }>,
  'kind'
>;

const address = webAddress('; credentials are secrets').describe('Where it is posted to.');
const authorization = secretRef('The whole text of the Authorization header.').exactOptional();
const signing =
  'The key of the signature: whsec_ and base64, or any text. Several, separated by a space, while one replaces another.';

const webhook = document({
  url: address,
  signingSecret: secretRef(signing),
  authorization,
}).describe('JSON, signed as Standard Webhooks says.') satisfies z.ZodType<
  ChannelFields<'webhook'>
>;

const cloudEvents = document({
  url: address,
  signingSecret: secretRef(signing).exactOptional(),
  authorization,
}).describe('CloudEvents 1.0 over HTTP, structured.') satisfies z.ZodType<
  ChannelFields<'cloudEvents'>
>;

const chat = (what: string) =>
  document({
    url: secretRef('The address, which is a secret: whoever has it may write there.'),
  }).describe(what);

const slack = chat('An incoming webhook of Slack.') satisfies z.ZodType<ChannelFields<'slack'>>;
const microsoftTeams = chat(
  'A workflow of Microsoft Teams that posts what it receives by webhook.',
) satisfies z.ZodType<ChannelFields<'microsoftTeams'>>;
const discord = chat('A webhook of a Discord channel.') satisfies z.ZodType<
  ChannelFields<'discord'>
>;

const place = {
  url: webAddress()
    .default('https://api.github.com')
    .describe('Address of the API; another one with GitHub Enterprise.'),
  repository: word(/^\w[\w-]{0,99}\/(?!\.{1,2}$)[\w.-]{1,100}$/, 'owner/name').describe(
    'Such as shop/catalog.',
  ),
  token: secretRef('A token that may write statuses of the repository.'),
  ref: z
    .string()
    .min(1)
    .max(250)
    .default('{{version}}')
    .describe('The branch, tag or commit that a version was built from.'),
};

const gitHubDeploymentStatus = document({
  ...place,
  environment: z.string().min(1).max(250).describe('Name of the environment on GitHub.'),
}).describe('The status of the newest deployment of a ref to an environment.') satisfies z.ZodType<
  ChannelFields<'gitHubDeploymentStatus'>
>;

const gitHubCommitStatus = document({
  ...place,
  context: z
    .string()
    .min(1)
    .max(200)
    .default('spillway/{{service}}')
    .describe('Tells this status from others of the same commit.'),
}).describe('The status of a commit.') satisfies z.ZodType<ChannelFields<'gitHubCommitStatus'>>;

/** Under each kind its fields; their names are those of `Channel`. */
export const channelDocument = oneOf(
  [
    'webhook',
    'cloudEvents',
    'slack',
    'microsoftTeams',
    'discord',
    'email',
    'gitHubDeploymentStatus',
    'gitHubCommitStatus',
  ],
  [
    document({ webhook }),
    document({ cloudEvents }),
    document({ slack }),
    document({ microsoftTeams }),
    document({ discord }),
    document({ email: emailFields }),
    document({ gitHubDeploymentStatus }),
    document({ gitHubCommitStatus }),
  ],
);

export type ParsedChannel = z.output<typeof channelDocument>;
