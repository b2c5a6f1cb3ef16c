import type { Clock } from '@spillway/application';
import { after, type Instant } from '@spillway/kernel';
import { z } from 'zod';
import {
  BackendClient,
  shaped,
  type Connect,
  type Dialect,
  type OpenedSecret,
  type SourceError,
} from '../backend-call/index.js';
import { assertionOf, readServiceAccount } from './service-account.js';

export interface AccessToken {
  readonly kind: 'token';
  readonly token: OpenedSecret;
  /** When another one is fetched: before this one ends on the way. */
  readonly until: Instant;
}

/** All that reading metrics takes. */
const scope = 'https://www.googleapis.com/auth/monitoring.read';
const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const spareMs = 60_000;

const grant = z.object({ access_token: z.string().min(1), expires_in: z.number() });
const refusal = z.object({ error: z.string(), error_description: z.string().default('') });

const dialect: Dialect = {
  name: "Google's token service",
  meaningOf: ({ status, json }) =>
    status === 400 && refusal.safeParse(json).data?.error === 'invalid_grant'
      ? 'badCredentials'
      : undefined,
  messageOf(json) {
    const said = refusal.safeParse(json).data;
    return said && `${said.error}: ${said.error_description}`;
  },
};

interface Held {
  readonly keyText: string;
  readonly fetched: Promise<AccessToken | SourceError>;
  /** `undefined` while it is on its way. */
  until: Instant | undefined;
}

/** Exchanges the key of a service account for tokens, and holds one as long as it is good. */
export class AccessTokens {
  #held: Held | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly timeoutMs: number,
    private readonly connect?: Connect,
  ) {}

  /** Who asks while one is on its way gets the same. A failure is not held, nor the token of another key. */
  async with(key: OpenedSecret): Promise<AccessToken | SourceError> {
    const held = this.#held;
    if (held?.keyText === key.text && (held.until === undefined || this.clock.now() < held.until)) {
      return held.fetched;
    }
    const next: Held = { keyText: key.text, fetched: this.#fetch(key), until: undefined };
    this.#held = next;
    const answer = await next.fetched;
    if (answer.kind === 'token') next.until = answer.until;
    else if (this.#held === next) this.#held = undefined;
    return answer;
  }

  /** It was not accepted. */
  forget(): void {
    this.#held = undefined;
  }

  async #fetch(key: OpenedSecret): Promise<AccessToken | SourceError> {
    const account = readServiceAccount(key);
    if (account.kind === 'error') return account;
    const askedAt = this.clock.now();
    const assertion = assertionOf(account, scope, askedAt);
    const secrets = [key, { name: key.name, text: assertion }];
    const client = new BackendClient({
      url: account.tokenUrl,
      timeoutMs: this.timeoutMs,
      dialect,
      clock: this.clock,
      connect: this.connect,
    });
    const reply = await client.askJson({
      method: 'POST',
      path: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: grantType, assertion }).toString(),
      secrets,
    });
    await client.close();
    if (reply.kind === 'error') return reply;
    const granted = shaped(grant, reply.json);
    if (granted.kind === 'error') return client.tell(granted, secrets);
    const { access_token: text, expires_in: seconds } = granted.value;
    const until = after(askedAt, seconds * 1_000 - spareMs);
    return { kind: 'token', token: { name: key.name, text }, until };
  }
}
