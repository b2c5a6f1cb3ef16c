import type { HttpChannel } from './http-message.js';
import type { Judging } from './judge-answer.js';

type Vendor = Omit<Judging, 'secrets'>;

/** Slack answers with a word of its own in place of a body. */
const slackWord = (body: string): string | undefined => /^[a-z_]{3,60}$/.exec(body.trim())?.[0];

/** `{"message": "Unknown Webhook", "code": 10015}`. */
function discordCode(body: string): string | undefined {
  const [, code] = /"code"\s*:\s*(\d{1,6})\b/.exec(body) ?? [];
  return code === undefined ? undefined : `code ${code}`;
}

export const vendors: { readonly [Kind in HttpChannel['kind']]: Vendor } = {
  webhook: { who: 'it' },
  cloudEvents: { who: 'it' },
  slack: {
    who: 'Slack',
    word: slackWord,
    gone: ['no_service', 'no_team', 'invalid_token', 'channel_is_archived'],
  },
  microsoftTeams: { who: 'Teams' },
  discord: { who: 'Discord', word: discordCode, gone: ['code 10015'] },
};
