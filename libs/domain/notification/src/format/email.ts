import { linkOf, type Envelope } from './envelope.js';
import { fit, oneLine } from './text.js';
import { factsOf, headline } from './words.js';

/** A message of plain text, and what lets a mail reader keep those of one release together. */
export interface Email {
  readonly subject: string;
  readonly text: string;
  /** Of this message, and of the thread that it belongs to: without the part behind the @. */
  readonly messageId: string;
  readonly thread: string;
}

/** Every line is built of texts without line ends, so none of them can begin a header. */
export function toEmail(envelope: Envelope): Email {
  const { notice, id } = envelope;
  const link = linkOf(envelope);
  const title = headline(notice);
  return {
    subject: fit(`[spillway] ${title}`, 200),
    text: [
      oneLine(title),
      oneLine(notice.because),
      '',
      ...factsOf(notice).map(([label, value]) => `${label}: ${oneLine(value)}`),
      ...(link === undefined ? [] : ['', link]),
      '',
    ].join('\n'),
    messageId: id,
    thread: `release-${notice.release.id}`,
  };
}
