import type { Socket } from 'node:net';
import type { OutgoingCalls } from '@spillway/application';

export interface NotifierOptions {
  readonly outgoing: OutgoingCalls;
  /** Opens a stored secret; `undefined` when there is none. */
  readonly openSecret: (name: string) => Promise<string | undefined>;
  /** Connects to a mail server, where that is allowed; rejects with a reason for a person. */
  readonly dial: (host: string, port: number) => Promise<Socket>;
  /** Where people reach Spillway; absent: messages have no links. */
  readonly publicUrl?: string;
  /** For one call, or one message. */
  readonly timeoutMs?: number;
}
