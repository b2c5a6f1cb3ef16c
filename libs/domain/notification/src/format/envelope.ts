import type { Notice } from '../notice.js';

/** What a message says beside its notice. */
export interface Envelope {
  readonly notice: Notice;
  /** Of the delivery: the same for each attempt, so that who gets it twice can tell. */
  readonly id: string;
  /** Where people reach Spillway; absent: messages have no links. */
  readonly publicUrl?: string;
}

/** Of a test there is nothing to see. */
export const linkOf = ({ notice, publicUrl }: Envelope): string | undefined =>
  publicUrl === undefined || notice.type === 'test'
    ? undefined
    : `${publicUrl.replace(/\/+$/, '')}/api/v1/releases/${notice.release.id}`;

export const momentOf = ({ at }: Notice): string => new Date(at).toISOString();
