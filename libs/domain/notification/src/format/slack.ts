import type { Severity } from '../severity.js';
import { linkOf, type Envelope } from './envelope.js';
import { fit, type Escape } from './text.js';
import { factsOf, headline } from './words.js';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** These three begin links and mentions; nothing else of what people wrote can call anybody. */
const escape: Escape = (character) => entities[character] ?? character;

const marks: Readonly<Record<Severity, string>> = {
  detail: ':small_blue_diamond:',
  info: ':large_blue_circle:',
  warning: ':warning:',
  critical: ':rotating_light:',
};

/** Slack's limits: 3,000 characters in a section, 2,000 in each of its ten fields. */
const limits = { headline: 500, because: 2_500, field: 1_900 };

const markdown = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });

/** For an incoming webhook; `text` is what a notification of a phone shows. */
export function toSlack(envelope: Envelope) {
  const { notice } = envelope;
  const title = fit(headline(notice), limits.headline, escape);
  const because = fit(notice.because, limits.because, escape);
  const link = linkOf(envelope);
  const linked = link === undefined ? `*${title}*` : `*<${link}|${title}>*`;
  const fields = factsOf(notice).map(([label, value]) =>
    markdown(`*${label}*\n${fit(value, limits.field, escape)}`),
  );
  return {
    text: `${title} – ${because}`,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      {
        type: 'section',
        text: markdown(`${marks[notice.severity]} ${linked}\n${because}`),
      },
      { type: 'section', fields },
    ],
  };
}
