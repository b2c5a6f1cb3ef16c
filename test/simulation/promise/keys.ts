import type { ReleaseEvent } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import type { Book } from '../book.js';

type Created = Extract<ReleaseEvent, { type: 'created' }>;

interface Answered {
  readonly body: string;
  readonly release: ReleaseId;
}

/** Requests that are sent again under the key of their first time. A release that has one is described by it. */
export class Keys {
  private readonly begun = new Set<string>();
  private readonly answers = new Map<string, Answered>();

  constructor(private readonly book: Book) {}

  mustBeNew({ description: key, follows }: Created): void {
    if (!key.startsWith('key ') || follows !== undefined) return;
    if (this.begun.has(key)) this.book.break('a repeated request is done once', key);
    this.begun.add(key);
  }

  /** Whoever asks again gets the answer of the first time, and whoever asks for something else gets none. */
  mustBeSame(key: string, body: string, release: ReleaseId): void {
    const { answers, book } = this;
    const first = answers.get(key) ?? { body, release };
    answers.set(key, first);
    if (first.body === body && first.release === release) return;
    book.break('a key stands for one request', `${key}: ${first.body} and ${body}`);
  }
}
