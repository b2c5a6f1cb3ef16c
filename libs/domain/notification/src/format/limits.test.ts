import { describe, expect, it } from '@jest/globals';
import { clusterName, version } from '@spillway/kernel';
import fc from 'fast-check';
import { severities } from '../severity.js';
import { aNotice, aNoticedRelease } from '../testing/index.js';
import { toDiscord } from './discord.js';
import { toEmail } from './email.js';
import type { Envelope } from './envelope.js';
import { toCommitStatus, toDeploymentStatus } from './git-hub.js';
import { toMicrosoftTeams } from './microsoft-teams.js';
import { toSlack } from './slack.js';
import { utf8Length } from './text.js';

/** What people write, and what they should not. */
const written = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6_000 }),
  fc
    .array(
      fc.constantFrom('<!channel>', '&', '@everyone', '\r\nBcc: a@b', '😀', '**', '[a](b)', '`'),
      {
        maxLength: 2_000,
      },
    )
    .map((parts) => parts.join('')),
);

const envelopes: fc.Arbitrary<Envelope> = fc
  .record({
    because: written,
    actor: written,
    description: written,
    severity: fc.constantFrom(...severities),
    clusters: fc.array(fc.string({ maxLength: 63 }).map(clusterName), { maxLength: 300 }),
    text: written,
    publicUrl: fc.option(fc.constant('https://spillway.example/base/'), { nil: undefined }),
  })
  .map(({ because, actor, description, severity, clusters, text, publicUrl }) => ({
    id: 'e1f0a3c4-0000-4000-8000-000000000001',
    ...(publicUrl === undefined ? {} : { publicUrl }),
    notice: aNotice({
      because,
      actor,
      severity,
      clusters,
      step: { number: 1, of: 3, text },
      release: aNoticedRelease({ description }),
    }),
  }));

const check = (holds: (envelope: Envelope) => void) => {
  fc.assert(fc.property(envelopes, holds), { numRuns: 150 });
};

describe('whatever people wrote', () => {
  it('fits into the blocks of Slack, and calls nobody', () => {
    check((envelope) => {
      const message = toSlack(envelope);
      const texts = message.blocks.flatMap((block) =>
        block.text === undefined ? (block.fields ?? []) : [block.text],
      );
      for (const { text } of texts) {
        expect(text.length).toBeLessThanOrEqual(2_950);
        expect(text.replace(/<https:\/\/spillway\.example[^|>]*\|[^<>]*>/, '')).not.toMatch(/[<>]/);
        expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
      }
      expect(message.text).not.toMatch(/[<>]/);
      expect(message.blocks[1]?.fields?.length).toBeLessThanOrEqual(10);
    });
  });

  it('fits into an embed of Discord, and calls nobody', () => {
    check((envelope) => {
      const message = toDiscord(envelope);
      expect(message.allowed_mentions).toEqual({ parse: [] });
      const [embed] = message.embeds;
      if (embed === undefined) throw new Error('no embed');
      expect(embed.title.length).toBeLessThanOrEqual(256);
      expect(embed.description.length).toBeLessThanOrEqual(4_096);
      const fields = embed.fields.map(({ name, value }) => name + value);
      for (const field of fields) expect(field.length).toBeLessThanOrEqual(1_024);
      const all = [embed.title, embed.description, ...fields].join('');
      expect(all.length).toBeLessThanOrEqual(6_000);
      expect(all).not.toMatch(/(?<!\\)[<@]/);
    });
  });

  it('fits into a card of Teams', () => {
    check((envelope) => {
      expect(utf8Length(JSON.stringify(toMicrosoftTeams(envelope)))).toBeLessThan(21_000);
    });
  });

  it('begins no header of an e-mail, and no line of its own', () => {
    check((envelope) => {
      const email = toEmail(envelope);
      expect(email.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(email.subject.length).toBeLessThanOrEqual(200);
      expect(email.text).not.toContain('\r');
      expect(email.text.split('\n').length).toBeLessThanOrEqual(14);
    });
  });

  it('fits into a status on GitHub', () => {
    const channel = {
      kind: 'gitHubCommitStatus',
      url: 'https://api.github.com',
      repository: 'shop/catalog',
      token: { secret: 'github' },
      ref: '{{version}}',
      context: 'spillway/{{service}}',
    } as const;
    check((envelope) => {
      const commit = toCommitStatus(channel, envelope);
      expect(commit).toMatchObject({ state: 'pending', context: 'spillway/shop/catalog' });
      expect(commit.description.length).toBeLessThanOrEqual(140);
      expect(toDeploymentStatus(envelope).description.length).toBeLessThanOrEqual(140);
    });
  });
});

it('has headlines of Discord for the longest names', () => {
  const release = aNoticedRelease({ candidate: version('v'.repeat(63)) });
  const notice = aNotice({ release });
  expect(toDiscord({ id: 'x', notice }).embeds[0]?.title).toContain('rolling back');
});
