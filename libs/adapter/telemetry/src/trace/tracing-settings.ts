/** Where traces go, and how many. */
export interface TracingSettings {
  /** Where spans are posted: the whole URL. */
  readonly endpoint: string;
  /** Sent with them; they may hold credentials. */
  readonly headers: Readonly<Record<string, string>>;
  /** A batch that is not taken by then is lost. */
  readonly timeoutMs: number;
  readonly serviceName: string;
  /** Tells this process from the others of its name. */
  readonly instance: string;
  /** What else is to be said of this process. */
  readonly resource: Readonly<Record<string, string>>;
  /** Of all releases, from 0 to 1. */
  readonly share: number;
}
