import type { Severity } from '../severity.js';
import { linkOf, momentOf, type Envelope } from './envelope.js';
import { fit, type Escape } from './text.js';
import { factsOf, headline } from './words.js';

/** Whatever Markdown gives a meaning, and what begins a mention, a channel or a moment. */
const escape: Escape = (character) =>
  /[\\*_~`|>#[\]()<@:-]/.test(character) ? `\\${character}` : character;

const colours: Readonly<Record<Severity, number>> = {
  detail: 0x95_a5_a6,
  info: 0x34_98_db,
  warning: 0xf1_c4_0f,
  critical: 0xe7_4c_3c,
};

/** An embed may have 256, 4,096 and 1,024 characters there, and 6,000 altogether. */
const limits = { headline: 256, because: 2_500, field: 350 };

/** For a webhook of a channel. Nobody is called: `allowed_mentions` is empty. */
export function toDiscord(envelope: Envelope) {
  const { notice } = envelope;
  const link = linkOf(envelope);
  return {
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: fit(headline(notice), limits.headline, escape),
        ...(link === undefined ? {} : { url: link }),
        description: fit(notice.because, limits.because, escape),
        color: colours[notice.severity],
        timestamp: momentOf(notice),
        fields: factsOf(notice).map(([name, value]) => ({
          name,
          value: fit(value, limits.field, escape),
          inline: true,
        })),
      },
    ],
  };
}
