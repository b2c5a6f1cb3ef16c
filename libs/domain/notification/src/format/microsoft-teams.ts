import type { Severity } from '../severity.js';
import { linkOf, type Envelope } from './envelope.js';
import { fit } from './text.js';
import { factsOf, headline, type Fact } from './words.js';

const colours: Readonly<Record<Severity, string>> = {
  detail: 'Default',
  info: 'Accent',
  warning: 'Warning',
  critical: 'Attention',
};

/**
 * Teams takes 28 KB by its documents and about 20 by experience. Nine texts of these lengths
 * stay below that, each character being four bytes at most.
 */
const limits = { headline: 300, because: 1_500, fact: 250 };

/** A run of text, unlike a text block, has no markup: what people wrote stays what it is. */
const run = (text: string, style: object = {}) => ({ type: 'TextRun', text, ...style });

const lines = (...inlines: readonly object[]) => ({ type: 'RichTextBlock', inlines });

const factLine = ([label, value]: Fact) =>
  lines(run(`${label}: `, { weight: 'Bolder' }), run(fit(value, limits.fact)));

/** An Adaptive Card for the workflow "when a Teams webhook request is received". */
export function toMicrosoftTeams(envelope: Envelope) {
  const { notice } = envelope;
  const title = fit(headline(notice), limits.headline);
  const link = linkOf(envelope);
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: [
      lines(run(title, { weight: 'Bolder', size: 'Large', color: colours[notice.severity] })),
      lines(run(fit(notice.because, limits.because))),
      ...factsOf(notice).map(factLine),
    ],
    ...(link === undefined
      ? {}
      : { actions: [{ type: 'Action.OpenUrl', title: 'Open the release', url: link }] }),
  };
  return {
    type: 'message',
    summary: title,
    attachments: [
      { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content },
    ],
  };
}
