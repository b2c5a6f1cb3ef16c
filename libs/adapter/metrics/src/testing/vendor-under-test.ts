import type { Clock, NumberSource, OpenSecret, SourceQuestion } from '@spillway/application';
import { instant } from '@spillway/kernel';
import type { SeenRequest, VendorBehaviour, VendorReply } from './loopback-vendor.js';

/** What a source is made with in the contract. */
export interface SourceSetting {
  /** Of the loopback server. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly openSecret: OpenSecret;
  readonly clock: Clock;
}

/** A reply of which the source must say something like this. */
export interface ErrorCase {
  readonly name: string;
  readonly reply: VendorReply;
  readonly message: string | RegExp;
}

/** One kind of backend, for `numberSourceContract`. */
export interface VendorUnderTest {
  connect(setting: SourceSetting): NumberSource;
  /** In the vendor's own language. */
  readonly query: string;
  /**
   * Every secret that the source uses: name and text. At least one. A function where a text
   * depends on the server's address, as the JSON key of a service account does.
   */
  readonly secrets:
    Readonly<Record<string, string>> | ((url: string) => Readonly<Record<string, string>>);
  /** Expects of the request everything that the vendor would look at, for `aWindow`. */
  checkRequest(request: SeenRequest): void;
  /** What the server does with requests that are not the query itself, such as one for a token. */
  readonly beside?: (request: SeenRequest) => VendorBehaviour | undefined;
  readonly value: (value: number) => VendorReply;
  readonly empty: readonly (readonly [name: string, reply: VendorReply])[];
  readonly notANumber: readonly (readonly [name: string, reply: VendorReply])[];
  /** Several series: the message says how to aggregate in this vendor's language. */
  readonly several: readonly ErrorCase[];
  /** Answers that the vendor itself calls partial. Empty where it has no way to say so. */
  readonly partial: readonly ErrorCase[];
  /** What the vendor does not understand: its own words come through. */
  readonly queryErrors: readonly ErrorCase[];
  /** Refused credentials in the vendor's form. 401 and 403 are tried with any vendor. */
  readonly refused?: readonly (readonly [name: string, reply: VendorReply])[];
  /** Rate limits in the vendor's form, at `now`. 429 with `Retry-After` is tried with any vendor. */
  readonly rateLimits?: readonly (readonly [
    name: string,
    reply: VendorReply,
    retryAfterMs: number | undefined,
  ])[];
  /** Bodies that look like an answer and are none: never "empty". */
  readonly strange?: readonly (readonly [name: string, reply: VendorReply])[];
}

/** A minute that begins with a minute: 2023-11-14 22:14:00 to 22:15:00 UTC. */
export const aWindow: Pick<SourceQuestion, 'from' | 'to'> = {
  from: instant(1_700_000_040_000),
  to: instant(1_700_000_100_000),
};

/** Of the contract's clock: five seconds after the window. */
export const now = instant(1_700_000_105_000);
